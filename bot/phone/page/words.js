// The words of the page itself. What the bot says comes from the bot.

const table = {
  title: ["Respite", "喘息", "喘息"],
  notice: [
    "A demo. Everything is kept in memory only and is gone when it ends.",
    "演示环境：所有内容只保存在内存中，演示结束后全部消失。",
    "示範環境：所有內容只保存在記憶體中，示範結束後全部消失。",
  ],
  offline: ["The demo has ended or cannot be reached.", "演示已结束，或暂时无法连接。", "示範已結束，或暫時無法連線。"],
  pageLanguage: ["Language of this page", "本页语言", "本頁語言"],
  clock: ["The bot’s clock", "机器人的时钟", "機器人的時鐘"],
  hour: ["+1 h", "+1 小时", "+1 小時"],
  day: ["+1 day", "+1 天", "+1 天"],
  week: ["+1 week", "+1 周", "+1 週"],
  alarm: ["Next alarm", "下一个提醒", "下一個提醒"],
  noAlarm: ["No alarm set", "没有提醒", "沒有提醒"],
  move: ["Move the clock", "拨动时钟", "撥動時鐘"],
  phones: ["Phones", "手机", "手機"],
  borrower: ["Borrower", "借款人", "借款人"],
  addBorrower: ["Add a borrower", "新增借款人", "新增借款人"],
  agents: ["Agents", "客服", "客服"],
  bot: ["bot", "机器人", "機器人"],
  typing: ["typing…", "正在输入…", "正在輸入…"],
  uploading: ["sending a file…", "正在发送文件…", "正在傳送檔案…"],
  message: ["Message", "输入消息", "輸入訊息"],
  send: ["Send", "发送", "傳送"],
  menu: ["Menu", "菜单", "選單"],
  commands: ["Commands", "命令", "指令"],
  attach: ["Attach", "附件", "附件"],
  photo: ["Photo", "照片", "相片"],
  sample: ["Sample payslip", "示例工资条", "範例薪資單"],
  file: ["File", "文件", "檔案"],
  voice: ["Voice message", "语音消息", "語音訊息"],
  sticker: ["Sticker", "贴纸", "貼圖"],
  contact: ["Contact", "联系人", "聯絡人"],
  location: ["Location", "位置", "位置"],
  payslip: ["PAYSLIP (sample)", "工资条（示例）", "薪資單（範例）"],
  edited: ["edited", "已编辑", "已編輯"],
  edit: ["Edit", "编辑", "編輯"],
  reply: ["Reply", "回复", "回覆"],
  copy: ["Copy text", "复制文字", "複製文字"],
  remove: ["Delete", "删除", "刪除"],
  cancel: ["Cancel", "取消", "取消"],
  editing: ["Edit message", "编辑消息", "編輯訊息"],
  replying: ["Reply to {name}", "回复 {name}", "回覆 {name}"],
  actions: ["Message actions", "消息操作", "訊息操作"],
  options: ["Options", "选项", "選項"],
  more: ["More", "更多", "更多"],
  what: ["What can this bot do?", "这个机器人能做什么？", "這個機器人能做什麼？"],
  start: ["START", "开始", "開始"],
  block: ["Block the bot", "屏蔽机器人", "封鎖機器人"],
  unblock: ["Unblock the bot", "解除屏蔽", "解除封鎖"],
  blocked: ["You have blocked this bot.", "您已屏蔽此机器人。", "您已封鎖此機器人。"],
  close: ["Put the phone away", "收起手机", "收起手機"],
  ok: ["OK", "好", "好"],
  newest: ["Newest messages", "最新消息", "最新訊息"],
  chatWith: ["Chat with {name}", "与 {name} 的对话", "與 {name} 的對話"],
  phoneOf: ["Phone of {name}", "{name} 的手机", "{name} 的手機"],
  general: ["General", "常规", "一般"],
  topics: ["Topics", "话题", "話題"],
  noMessages: ["No messages yet", "还没有消息", "還沒有訊息"],
  as: ["I am", "我是", "我是"],
  admin: ["administrator", "管理员", "管理員"],
  closeTopic: ["Close the topic", "关闭话题", "關閉話題"],
  reopenTopic: ["Reopen the topic", "重新打开话题", "重新開啟話題"],
  deleteTopic: ["Delete the topic", "删除话题", "刪除話題"],
  closedTopic: ["This topic is closed.", "此话题已关闭。", "此話題已關閉。"],
  demoteBot: ["Take the bot’s rights", "取消机器人的管理员权限", "取消機器人的管理員權限"],
  promoteBot: ["Give the bot its rights", "恢复机器人的管理员权限", "恢復機器人的管理員權限"],
  removeBot: ["Remove the bot", "移出机器人", "移除機器人"],
  addBot: ["Add the bot", "加入机器人", "加入機器人"],
  back: ["Back to the topics", "返回话题列表", "返回話題列表"],
  forwarded: ["Forwarded from {name}", "转发自 {name}", "轉寄自 {name}"],
  gone: ["Deleted message", "已删除的消息", "已刪除的訊息"],
  download: ["Download {name}", "下载 {name}", "下載 {name}"],
  topic_created: ["Topic “{text}” was created", "话题“{text}”已创建", "話題「{text}」已建立"],
  topic_edited: ["Topic renamed to “{text}”", "话题更名为“{text}”", "話題已更名為「{text}」"],
  topic_closed: ["{name} closed the topic", "{name} 关闭了话题", "{name} 關閉了話題"],
  topic_reopened: ["{name} reopened the topic", "{name} 重新打开了话题", "{name} 重新開啟了話題"],
  pinned: ["{name} pinned a message", "{name} 置顶了一条消息", "{name} 置頂了一則訊息"],
  joined: ["{text} joined", "{text} 已加入", "{text} 已加入"],
  left: ["{text} left", "{text} 已离开", "{text} 已離開"],
  migrated: ["The group became a supergroup", "群组已升级为超级群组", "群組已升級為超級群組"],
  unread: ["{n} unread", "{n} 条未读", "{n} 則未讀"],
};

export const languages = [
  { tag: "en", label: "EN", name: "English", index: 0 },
  { tag: "zh-Hans", label: "简", name: "简体中文", index: 1 },
  { tag: "zh-Hant", label: "繁", name: "繁體中文", index: 2 },
];

// pick finds the language of the page, or of a phone, that is nearest to a tag.
export function pick(tag) {
  const t = (tag || "").toLowerCase();
  if (!t.startsWith("zh")) return languages[0];
  return /hant|tw|hk|mo/.test(t) ? languages[2] : languages[1];
}

// words gives the function that finds the words of one language.
export function words(language) {
  return (key, values = {}) =>
    table[key][language.index].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

// names for borrowers who are added, by language.
export const names = [
  ["Alex Morgan", "Sam Carter", "Jo Bennett", "Robin Lee"],
  ["王芳", "李强", "张敏", "赵磊"],
  ["陳志明", "林雅婷", "黃家豪", "吳淑芬"],
];
