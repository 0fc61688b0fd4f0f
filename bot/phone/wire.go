package phone

// The objects of the Bot API, as far as they are used here.

type wireUser struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"`
}

type wireMe struct {
	wireUser
	CanJoinGroups   bool `json:"can_join_groups"`
	CanReadAll      bool `json:"can_read_all_group_messages"`
	SupportsInline  bool `json:"supports_inline_queries"`
	CanConnect      bool `json:"can_connect_to_business"`
	HasMainWebApp   bool `json:"has_main_web_app"`
	HasTopicsInChat bool `json:"has_topics_enabled"`
}

type wireChat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	Username  string `json:"username,omitempty"`
	IsForum   bool   `json:"is_forum,omitempty"`
}

type wireMessage struct {
	MessageID      int           `json:"message_id"`
	ThreadID       int           `json:"message_thread_id,omitempty"`
	From           *wireUser     `json:"from,omitempty"`
	Date           int64         `json:"date"`
	Chat           wireChat      `json:"chat"`
	ForwardOrigin  *wireOrigin   `json:"forward_origin,omitempty"`
	IsTopicMessage bool          `json:"is_topic_message,omitempty"`
	ReplyTo        *wireMessage  `json:"reply_to_message,omitempty"`
	EditDate       int64         `json:"edit_date,omitempty"`
	MediaGroupID   string        `json:"media_group_id,omitempty"`
	Text           string        `json:"text,omitempty"`
	Entities       []Entity      `json:"entities,omitempty"`
	Caption        string        `json:"caption,omitempty"`
	CaptionEnts    []Entity      `json:"caption_entities,omitempty"`
	Photo          []wirePhoto   `json:"photo,omitempty"`
	Document       *wireDocument `json:"document,omitempty"`
	Voice          *wireDocument `json:"voice,omitempty"`
	Audio          *wireDocument `json:"audio,omitempty"`
	Video          *wireDocument `json:"video,omitempty"`
	Sticker        *wireSticker  `json:"sticker,omitempty"`
	Contact        *wireContact  `json:"contact,omitempty"`
	Location       *wireLocation `json:"location,omitempty"`
	ReplyMarkup    *wireKeyboard `json:"reply_markup,omitempty"`

	NewMembers    []wireUser   `json:"new_chat_members,omitempty"`
	LeftMember    *wireUser    `json:"left_chat_member,omitempty"`
	MigrateTo     int64        `json:"migrate_to_chat_id,omitempty"`
	MigrateFrom   int64        `json:"migrate_from_chat_id,omitempty"`
	Pinned        *wireMessage `json:"pinned_message,omitempty"`
	TopicCreated  *wireTopic   `json:"forum_topic_created,omitempty"`
	TopicEdited   *wireTopic   `json:"forum_topic_edited,omitempty"`
	TopicClosed   *struct{}    `json:"forum_topic_closed,omitempty"`
	TopicReopened *struct{}    `json:"forum_topic_reopened,omitempty"`
}

type wireOrigin struct {
	Type string    `json:"type"`
	User *wireUser `json:"sender_user"`
	Date int64     `json:"date"`
}

// wireInaccessible is a message that Telegram does not show any more: a date of 0 says so.
type wireInaccessible struct {
	Chat      wireChat `json:"chat"`
	MessageID int      `json:"message_id"`
	Date      int      `json:"date"`
}

type wireTopic struct {
	ThreadID  int    `json:"message_thread_id,omitempty"`
	Name      string `json:"name,omitempty"`
	IconColor int    `json:"icon_color,omitempty"`
}

type wirePhoto struct {
	FileID   string `json:"file_id"`
	UniqueID string `json:"file_unique_id"`
	Width    int    `json:"width"`
	Height   int    `json:"height"`
	Size     int    `json:"file_size"`
}

type wireDocument struct {
	FileID   string `json:"file_id"`
	UniqueID string `json:"file_unique_id"`
	Name     string `json:"file_name,omitempty"`
	MIME     string `json:"mime_type,omitempty"`
	Duration int    `json:"duration,omitempty"`
	Width    int    `json:"width,omitempty"`
	Height   int    `json:"height,omitempty"`
	Size     int    `json:"file_size"`
}

type wireSticker struct {
	FileID   string `json:"file_id"`
	UniqueID string `json:"file_unique_id"`
	Type     string `json:"type"`
	Width    int    `json:"width"`
	Height   int    `json:"height"`
	Emoji    string `json:"emoji,omitempty"`
	Animated bool   `json:"is_animated"`
	Video    bool   `json:"is_video"`
}

type wireContact struct {
	Phone     string `json:"phone_number"`
	FirstName string `json:"first_name"`
	UserID    int64  `json:"user_id,omitempty"`
}

type wireLocation struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

type wireFile struct {
	FileID   string `json:"file_id"`
	UniqueID string `json:"file_unique_id"`
	Size     int    `json:"file_size"`
	Path     string `json:"file_path"`
}

type wireKeyboard struct {
	Rows [][]wireButton `json:"inline_keyboard"`
}

type wireButton struct {
	Text string `json:"text"`
	Data string `json:"callback_data,omitempty"`
	URL  string `json:"url,omitempty"`
}

type wireQuery struct {
	ID           string   `json:"id"`
	From         wireUser `json:"from"`
	Message      any      `json:"message,omitempty"`
	ChatInstance string   `json:"chat_instance"`
	Data         string   `json:"data"`
}

type wireMember struct {
	User             wireUser `json:"user"`
	Status           string   `json:"status"`
	CanManageChat    bool     `json:"can_manage_chat,omitempty"`
	CanDelete        bool     `json:"can_delete_messages,omitempty"`
	CanManageTopics  bool     `json:"can_manage_topics,omitempty"`
	CanPin           bool     `json:"can_pin_messages,omitempty"`
	CanRestrict      bool     `json:"can_restrict_members,omitempty"`
	CanInvite        bool     `json:"can_invite_users,omitempty"`
	CanChangeInfo    bool     `json:"can_change_info,omitempty"`
	IsAnonymous      bool     `json:"is_anonymous"`
	UntilDate        *int64   `json:"until_date,omitempty"`
	CanBeEdited      *bool    `json:"can_be_edited,omitempty"`
	CanPromoteOthers bool     `json:"can_promote_members,omitempty"`
}

type wireMemberUpdate struct {
	Chat wireChat   `json:"chat"`
	From wireUser   `json:"from"`
	Date int64      `json:"date"`
	Old  wireMember `json:"old_chat_member"`
	New  wireMember `json:"new_chat_member"`
}

type wireUpdate struct {
	ID            int64             `json:"update_id"`
	Message       *wireMessage      `json:"message,omitempty"`
	EditedMessage *wireMessage      `json:"edited_message,omitempty"`
	Query         *wireQuery        `json:"callback_query,omitempty"`
	MyChatMember  *wireMemberUpdate `json:"my_chat_member,omitempty"`
	ChatMember    *wireMemberUpdate `json:"chat_member,omitempty"`
}
