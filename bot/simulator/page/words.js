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
