// The page's own words. What the bot says comes from the bot.

const WORDS = {
  en: {
    menu: "Menu", message: "Message", send: "Send", start: "START", unblock: "UNBLOCK",
    attach: "Attach", photo: "Photo", video: "Video", animation: "Moving picture", sticker: "Sticker",
    voice: "Voice message", poll: "Poll", location: "Location",
    bot: "bot", typing: "typing…", reconnecting: "reconnecting…", edited: "edited", silent: "Sent without sound",
    today: "Today", yesterday: "Yesterday", down: "Scroll to the newest message", messages: "Messages",
    more: "More", blockBot: "Block the bot", unblockBot: "Unblock the bot", blocked: "blocked the bot",
    dark: "Dark mode", light: "Light mode", cancel: "Cancel", ok: "OK", open: "Open",
    openLink: "Open this link? It leads out of the try-out.", copied: "Copied to the clipboard",
    edit: "Edit", copy: "Copy text", actions: "Message actions", editing: "Edit message", cancelEdit: "Stop editing",
    whatCan: "What can this bot do?", noMessages: "No messages yet",
    commands: "Commands", showMore: "Show more", showLess: "Show less", hidden: "Hidden text, show it",
    sent: "Sent", read: "Read", unread: "unread", anonymousPoll: "Anonymous poll", failed: "That did not work: ",

    tryout: "Try-out", notice: "Not Telegram; all stays on this computer.", closeDrawer: "Close the try-out",
    offline: "No network,", seconds: "s", ms: "ms",
    whoAmI: "Who am I", newPerson: "New person", newPersonHint: "Another test user with their own chat.",
    firstName: "First name", create: "Create",
    language: "Language of my Telegram", languageHint: "The bot starts in it, until I choose another.", untold: "not told",
    clock: "Clock", inStep: "In step with this computer.", ahead: "Turned ahead by",
    plus10: "+10 min", plus10Hint: "A little later.", plus60: "+1 h", plus60Hint: "An hour later.",
    morning: "Next morning", morningHint: "To 07:55, before the usual reminder.",
    next: "Next reminder", nextHint: "To when the next one rings.",
    moment: "Date and time", momentHint: "The clock only turns forwards.", set: "Set clock",
    zone: "Time zone shown", zoneHint: "For this page; tell the bot yours in the chat.",
    theBot: "The bot",
    brokenEdit: "The content has changed, but is broken; the bot goes on with what it had.",
    "bot-away": "Not running.", "bot-leaving": "Stopping…", "bot-coming": "Starting…", "bot-here": "Running.", "bot-cut": "Without network.",
    restart: "Restart the bot", restartHint: "Stops it and starts it; nothing gets lost.", botBack: (seconds) => `The bot is back after ${seconds} s`,
    lose: "Lose the network for 30 s", loseHint: "The bot is cut off and catches up afterwards.",
    mend: "Bring the network back", backIn: "It comes back by itself in",
    blockHint: "It can no longer write to me.", unblockHint: "It may write to me again.",
    faults: "What can go wrong",
    limits: "Telegram's limits on", limitsHint: "1 message a second in a chat, 30 in all; more is refused.",
    promise: "All reminders that were ever due, as the bot's database tells it; what arrived, as Telegram saw it.",
    "promise-holds": "The promise holds: every reminder is accounted for, none came a third time.",
    "promise-broken": "The promise is broken. Please report this.",
    "promise-unseen": "The bot cannot be asked now.",
    "promise-due": "Due so far", "promise-sent": "sent", "promise-stale": "too late, dropped", "promise-undeliverable": "undeliverable",
    "promise-cancelled": "no longer wanted", "promise-unknown": "unknown: may have come", "promise-pending": "still to come",
    "promise-arrived": "Arrived", "promise-copies": "second copies among them", "promise-given": "Refused as too many",
    "promise-violations": "of them while told to wait",
    "fault-slow": "Telegram is slow", "fault-slowHint": "Answers come 4 s late, for a minute.",
    "fault-many": "Too many messages", "fault-manyHint": "The next one to me is refused, and I am closed for 20 s.",
    "fault-manyAll": "Too many for all", "fault-manyAllHint": "The next one is refused, and all chats are closed for 20 s.",
    "fault-lost": "The reply gets lost", "fault-lostHint": "The next message arrives, but the bot never hears of it.",
    "fault-down": "Telegram is down", "fault-downHint": "It answers with an error page, for a minute.",
    "fault-unreachable": "No connection", "fault-unreachableHint": "Telegram cannot be reached, for a minute.",
    "fault-garbled": "Answers are garbled", "fault-garbledHint": "What comes back makes no sense, for a minute.",
    "fault-tenth": "One in ten breaks off", "fault-tenthHint": "The message arrives and the line breaks, for 10 minutes.",
    "fault-kill": "Kill the bot", "fault-killHint": "In the middle of its work; then it starts again.",
    anyFault: "Any other fault", anyFaultHint: "Those of a chat hit the one that is open.", extent: "How often", extentHint: "A time ends by itself.",
    "extent-once": "the next call", "extent-minute": "all calls for a minute", "extent-tenth": "one in ten for 10 minutes",
    throw: "Throw it", standing: "What goes wrong now", end: "End it", clearFaults: "End all faults", endsIn: "Ends in", startsIn: "Starts in",
    untilHit: "Waits for the next call.", untilEnded: "Until it is ended.", hits: "Calls hit:",
    "kind-429": "Too many messages, this chat", "kind-429-all": "Too many messages, all chats", "kind-403": "Blocked by the user",
    "kind-403-gone": "Account deleted", "kind-400-chat": "Chat not found", "kind-400-entities": "Formatting refused", "kind-400-same": "Message not modified",
    "kind-migrated": "The chat gets a new number", "kind-409": "Another bot takes the updates", "kind-401": "Token refused", "kind-404": "Token unknown",
    "kind-500": "Internal error, as a web page", "kind-502": "Bad gateway, as a web page", "kind-drop-before": "Line breaks before the deed", "kind-drop-after": "Line breaks after the deed",
    "kind-lost-reply": "Done, but the reply is lost", "kind-refused": "Connection refused", "kind-broken-json": "Half a reply", "kind-no-json": "Reply makes no sense",
    "kind-no-object": "Reply is of a wrong shape", "kind-delay": "Done at once, reply 4 s late", "kind-delay-before": "Done only 4 s later",
    calls: "Calls of the bot", callsHint: "What it asks of Telegram, newest first; its token is never shown.",
    filter: "Filter", clear: "Clear", polls: "Also its waiting for messages (getUpdates)",
    noCalls: "No calls yet.", noneFound: "No such calls.", noAnswer: "no answer",
  },
  ru: {
    menu: "Меню", message: "Сообщение", send: "Отправить", start: "НАЧАТЬ", unblock: "РАЗБЛОКИРОВАТЬ",
    attach: "Прикрепить", photo: "Фото", video: "Видео", animation: "Движущаяся картинка", sticker: "Стикер",
    voice: "Голосовое сообщение", poll: "Опрос", location: "Геопозиция",
    bot: "бот", typing: "печатает…", reconnecting: "соединение…", edited: "изменено", silent: "Отправлено без звука",
    today: "Сегодня", yesterday: "Вчера", down: "К последнему сообщению", messages: "Сообщения",
    more: "Ещё", blockBot: "Заблокировать бота", unblockBot: "Разблокировать бота", blocked: "бот заблокирован",
    dark: "Тёмная тема", light: "Светлая тема", cancel: "Отмена", ok: "ОК", open: "Открыть",
    openLink: "Открыть ссылку? Она ведёт за пределы пробного чата.", copied: "Скопировано в буфер обмена",
    edit: "Изменить", copy: "Копировать текст", actions: "Действия с сообщением", editing: "Изменение сообщения", cancelEdit: "Не изменять",
    whatCan: "Что умеет этот бот?", noMessages: "Сообщений пока нет",
    commands: "Команды", showMore: "Показать полностью", showLess: "Свернуть", hidden: "Скрытый текст, показать",
    sent: "Отправлено", read: "Прочитано", unread: "непрочитанных", anonymousPoll: "Анонимный опрос", failed: "Не получилось: ",

    tryout: "Проба", notice: "Не Telegram; всё остаётся на этом компьютере.", closeDrawer: "Закрыть пробу",
    offline: "Нет сети,", seconds: "с", ms: "мс",
    whoAmI: "Кто я", newPerson: "Новый человек", newPersonHint: "Пробный пользователь со своим чатом.",
    firstName: "Имя", create: "Создать",
    language: "Язык моего Telegram", languageHint: "Бот начнёт на нём, пока я не выберу другой.", untold: "не сообщается",
    clock: "Часы", inStep: "Идут вровень с этим компьютером.", ahead: "Переведены вперёд на",
    plus10: "+10 мин", plus10Hint: "Чуть позже.", plus60: "+1 ч", plus60Hint: "Через час.",
    morning: "Следующее утро", morningHint: "На 07:55, до обычного напоминания.",
    next: "Ближайшее напоминание", nextHint: "Когда оно придёт.",
    moment: "Дата и время", momentHint: "Часы переводятся только вперёд.", set: "Перевести",
    zone: "Часовой пояс на странице", zoneHint: "Для этой страницы; боту скажите в чате.",
    theBot: "Бот",
    brokenEdit: "Содержание изменилось, но в нём ошибка: бот работает на прежнем.",
    "bot-away": "Не запущен.", "bot-leaving": "Останавливается…", "bot-coming": "Запускается…", "bot-here": "Работает.", "bot-cut": "Без сети.",
    restart: "Перезапустить бота", restartHint: "Выключить и включить; ничего не пропадёт.", botBack: (seconds) => `Бот снова работает: перерыв ${String(seconds).replace(".", ",")} с`,
    lose: "Отключить сеть на 30 с", loseHint: "Бот без связи, а потом всё навёрстывает.",
    mend: "Вернуть сеть", backIn: "Вернётся сама через",
    blockHint: "Он больше не может мне писать.", unblockHint: "Он снова может мне писать.",
    faults: "Что может сломаться",
    limits: "Ограничения Telegram", limitsHint: "1 сообщение в секунду в чат, 30 всего; лишнее отклоняется.",
    promise: "Все напоминания, чей срок наступил, по базе бота; что дошло, видел сам Telegram.",
    "promise-holds": "Обещание держится: каждое напоминание на счету, ни одно не пришло в третий раз.",
    "promise-broken": "Обещание нарушено. Сообщите нам, пожалуйста.",
    "promise-unseen": "Бота сейчас не спросить.",
    "promise-due": "Всего наступило", "promise-sent": "отправлено", "promise-stale": "опоздало, снято", "promise-undeliverable": "не доставить",
    "promise-cancelled": "больше не нужно", "promise-unknown": "неизвестно: могло дойти", "promise-pending": "ещё впереди",
    "promise-arrived": "Дошло", "promise-copies": "к ним вторых копий", "promise-given": "Отклонено: слишком часто",
    "promise-violations": "из них во время ожидания",
    "fault-slow": "Telegram тормозит", "fault-slowHint": "Ответы опаздывают на 4 с, целую минуту.",
    "fault-many": "Слишком часто", "fault-manyHint": "Следующее мне отклонят, и мой чат закроют на 20 с.",
    "fault-manyAll": "Слишком часто всем", "fault-manyAllHint": "Следующее отклонят, и все чаты закроют на 20 с.",
    "fault-lost": "Ответ теряется", "fault-lostHint": "Следующее сообщение дойдёт, но бот об этом не узнает.",
    "fault-down": "Telegram упал", "fault-downHint": "Отвечает страницей с ошибкой, минуту.",
    "fault-unreachable": "Нет соединения", "fault-unreachableHint": "До Telegram не достучаться, минуту.",
    "fault-garbled": "Ответы бессвязны", "fault-garbledHint": "Приходит бессмыслица, минуту.",
    "fault-tenth": "Обрыв каждого десятого", "fault-tenthHint": "Сообщение доходит, а связь рвётся, 10 минут.",
    "fault-kill": "Убить бота", "fault-killHint": "Посреди работы; потом он запустится снова.",
    anyFault: "Любая другая поломка", anyFaultHint: "Поломки чата бьют по открытому.", extent: "Как часто", extentHint: "Время кончится само.",
    "extent-once": "следующий вызов", "extent-minute": "все вызовы минуту", "extent-tenth": "каждый десятый 10 минут",
    throw: "Сломать", standing: "Что сломано сейчас", end: "Починить", clearFaults: "Починить всё", endsIn: "Кончится через", startsIn: "Начнётся через",
    untilHit: "Ждёт следующего вызова.", untilEnded: "Пока не починят.", hits: "Задето вызовов:",
    "kind-429": "Слишком часто, этот чат", "kind-429-all": "Слишком часто, все чаты", "kind-403": "Пользователь заблокировал",
    "kind-403-gone": "Аккаунт удалён", "kind-400-chat": "Чат не найден", "kind-400-entities": "Форматирование отклонено", "kind-400-same": "Сообщение не изменилось",
    "kind-migrated": "У чата новый номер", "kind-409": "Другой бот забирает сообщения", "kind-401": "Токен отклонён", "kind-404": "Токен неизвестен",
    "kind-500": "Внутренняя ошибка страницей", "kind-502": "Плохой шлюз страницей", "kind-drop-before": "Обрыв до дела", "kind-drop-after": "Обрыв после дела",
    "kind-lost-reply": "Сделано, но ответ потерян", "kind-refused": "Соединение отвергнуто", "kind-broken-json": "Пол-ответа", "kind-no-json": "Ответ бессвязен",
    "kind-no-object": "Ответ не той формы", "kind-delay": "Сделано сразу, ответ на 4 с позже", "kind-delay-before": "Сделано лишь через 4 с",
    calls: "Вызовы бота", callsHint: "О чём он просит Telegram, новые сверху; токена не видно.",
    filter: "Отбор", clear: "Очистить", polls: "И ожидание сообщений (getUpdates)",
    noCalls: "Вызовов пока нет.", noneFound: "Таких вызовов нет.", noAnswer: "нет ответа",
  },
};

// the server refuses in English; what a person can bring about with this page has a translation
const REFUSALS = {
  "no reminder is planned": "напоминаний не запланировано",
  "the clock only turns forwards; choose a later moment": "часы переводятся только вперёд, выберите момент позже",
  "the bot is blocked, or the account is gone": "бот заблокирован",
  "Failed to fetch": "нет связи с пробным сервером",
};

/** Returns "ru" for Russian clients and "en" for all others. */
export const chromeLanguage = (code) => (/^ru\b/i.test(code ?? "") ? "ru" : "en");

let language = chromeLanguage(navigator.language);

/** Sets the language in which `t` answers. */
export function speak(code) {
  language = chromeLanguage(code);
  document.documentElement.lang = language;
}

export const spoken = () => language;

/** Returns the word of the page for `key`. */
export const t = (key) => WORDS[language][key];

/** Returns a refusal of the server in the page's language, as far as we have words for it. */
export const told = (refusal) => (language === "ru" && REFUSALS[refusal]) || refusal;

const LENGTHS = [["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000]];

/** Returns a length of time in words, by its two largest units: "2 days, 3 hr". */
export function howLong(ms) {
  let rest = Math.round(ms / 60_000) * 60_000;
  const parts = [];
  for (const [unit, size] of LENGTHS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count) parts.push(new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(count));
  }
  return parts.slice(0, 2).join(" ");
}

/** Guesses the language of a text from its letters; null for none. */
export function languageOf(text) {
  const cyrillic = (text.match(/[а-яё]/gi) ?? []).length;
  const latin = (text.match(/[a-z]/gi) ?? []).length;
  if (!cyrillic && !latin) return null;
  return cyrillic * 2 > latin ? "ru" : "en";
}
