package phone

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
)

// method carries out a call. The lock is held.
type method func(s *Server, p params) (any, error)

// methods are the methods of the Bot API that the stand-in knows, by their name in lower case: Telegram does not mind the case.
// getUpdates is not among them, for it waits.
func methods() map[string]method {
	return map[string]method{
		"getme":                  (*Server).getMe,
		"setwebhook":             (*Server).setWebhook,
		"deletewebhook":          (*Server).deleteWebhook,
		"getwebhookinfo":         (*Server).getWebhookInfo,
		"sendmessage":            (*Server).sendMessage,
		"sendphoto":              sendFile(Photo),
		"senddocument":           sendFile(Document),
		"sendvoice":              sendFile(Voice),
		"sendaudio":              sendFile(Audio),
		"sendvideo":              sendFile(Video),
		"sendmediagroup":         (*Server).sendMediaGroup,
		"copymessage":            (*Server).copyMessage,
		"forwardmessage":         (*Server).forwardMessage,
		"sendchataction":         (*Server).sendChatAction,
		"editmessagetext":        (*Server).editMessageText,
		"editmessagecaption":     (*Server).editMessageCaption,
		"editmessagereplymarkup": (*Server).editMessageReplyMarkup,
		"deletemessage":          (*Server).deleteMessage,
		"setmessagereaction":     (*Server).setMessageReaction,
		"pinchatmessage":         (*Server).pinChatMessage,
		"unpinchatmessage":       (*Server).unpinChatMessage,
		"answercallbackquery":    (*Server).answerCallbackQuery,
		"getfile":                (*Server).getFile,
		"setmycommands":          (*Server).setMyCommands,
		"getmycommands":          (*Server).getMyCommands,
		"deletemycommands":       (*Server).deleteMyCommands,
		"setmyname":              setProfile("name"),
		"getmyname":              getProfile("name"),
		"setmydescription":       setProfile("description"),
		"getmydescription":       getProfile("description"),
		"setmyshortdescription":  setProfile("short_description"),
		"getmyshortdescription":  getProfile("short_description"),
		"getchat":                (*Server).getChat,
		"getchatmember":          (*Server).getChatMember,
		"getchatadministrators":  (*Server).getChatAdministrators,
		"getchatmembercount":     (*Server).getChatMemberCount,
		"leavechat":              (*Server).leaveChat,
		"createforumtopic":       (*Server).createForumTopic,
		"editforumtopic":         (*Server).editForumTopic,
		"closeforumtopic":        (*Server).closeForumTopic,
		"reopenforumtopic":       (*Server).reopenForumTopic,
		"deleteforumtopic":       (*Server).deleteForumTopic,
	}
}

// serveAPI answers /bot<token>/<method> and /file/bot<token>/<path>.
func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	path, isFile := strings.CutPrefix(r.URL.Path, "/file")
	rest, found := strings.CutPrefix(path, "/bot")
	token, name, _ := strings.Cut(rest, "/")
	switch {
	case !found:
		http.NotFound(w, r)
	case s.done.Err() != nil:
		badGateway(w)
	case token != s.opt.Token:
		writeError(w, errUnauthorized)
	case isFile:
		s.serveFile(w, r, name)
	case r.Method != http.MethodGet && r.Method != http.MethodPost:
		writeError(w, errNotFound)
	default:
		s.serveMethod(w, r, strings.ToLower(name))
	}
}

func (s *Server) serveMethod(w http.ResponseWriter, r *http.Request, name string) {
	p, err := readParams(w, r)
	if err != nil {
		writeError(w, err)
		return
	}
	call, fault := s.record(name, p)
	if fault != nil && !fault.lets(r) {
		s.settle(call, fault.error())
		fault.refuse(w)
		return
	}
	result, err := s.carryOut(r.Context(), name, p)
	s.settle(call, err)
	if fault != nil {
		fault.spoil(w, r, result, err)
	}
	code, body := answer(result, err)
	writeJSON(w, code, body)
}

func (s *Server) carryOut(ctx context.Context, name string, p params) (any, error) {
	if name == "getupdates" {
		return s.getUpdates(ctx, p)
	}
	do := s.methods[name]
	if do == nil {
		return nil, errNotFound
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if wait := s.flood.take(s.opt.Now(), name, s.chats[p.int64("chat_id")], p); wait > 0 {
		return nil, tooMany(wait)
	}
	return do(s, p)
}

func (s *Server) getMe(params) (any, error) {
	u := s.bot.wire()
	u.FirstName = s.profile.texts["name"].get("")
	return wireMe{wireUser: u, CanJoinGroups: true, CanReadAll: s.opt.ReadAll}, nil
}

type response struct {
	OK          bool                `json:"ok"`
	Result      any                 `json:"result,omitempty"`
	Code        int                 `json:"error_code,omitempty"`
	Description string              `json:"description,omitempty"`
	Parameters  *responseParameters `json:"parameters,omitempty"`
}

type responseParameters struct {
	RetryAfter int   `json:"retry_after,omitempty"`
	MigrateTo  int64 `json:"migrate_to_chat_id,omitempty"`
}

func answer(result any, err error) (int, response) {
	if err == nil {
		return http.StatusOK, response{OK: true, Result: result}
	}
	var e *apiError
	if !errors.As(err, &e) {
		e = badRequest("%v", err)
	}
	body := response{Code: e.Code, Description: e.Description}
	if e.RetryAfter != 0 || e.MigrateTo != 0 {
		body.Parameters = &responseParameters{RetryAfter: e.RetryAfter, MigrateTo: e.MigrateTo}
	}
	return e.Code, body
}

func writeError(w http.ResponseWriter, err error) {
	code, body := answer(nil, err)
	writeJSON(w, code, body)
}

func writeJSON(w http.ResponseWriter, code int, body any) {
	raw, err := json.Marshal(body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_, _ = w.Write(raw) // the client may be gone
}

func badGateway(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(http.StatusBadGateway)
	_, _ = w.Write([]byte("<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"))
}
