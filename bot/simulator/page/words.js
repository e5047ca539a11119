// The page's own words. What the bot says comes from the bot.

const WORDS = {
  en: {
    menu: "Menu", message: "Message", send: "Send", start: "START", unblock: "UNBLOCK",
    attach: "Attach", photo: "Photo", sticker: "Sticker", voice: "Voice message", poll: "Poll", location: "Location",
    bot: "bot", typing: "typing…", reconnecting: "reconnecting…", edited: "edited",
    today: "Today", yesterday: "Yesterday", down: "Scroll to the newest message", messages: "Messages",
    back: "Back to the list", more: "More", blockBot: "Block bot", unblockBot: "Unblock bot",
    language: "Client language", dark: "Dark mode", light: "Light mode", chats: "Chats",
    newPerson: "New person", firstName: "First name", create: "Create", cancel: "Cancel", ok: "OK", open: "Open",
    openLink: "Open this link? It leads out of the try-out.", copied: "Copied to the clipboard",
    edit: "Edit", copy: "Copy text", actions: "Message actions", editing: "Edit message", cancelEdit: "Stop editing",
    whatCan: "What can this bot do?", choose: "Choose a chat to start messaging", noMessages: "No messages yet",
    commands: "Commands", showMore: "Show more", showLess: "Show less", hidden: "Hidden text, show it",
    sent: "Sent", read: "Read", unread: "unread", anonymousPoll: "Anonymous poll",
    notice: "Try-out: nothing leaves this computer", clock: "Simulated clock", plus10: "+10 min", next: "Next reminder",
    tomorrow: "Tomorrow 07:55", moment: "Date and time", set: "Set clock", zone: "Zone", restart: "Restart bot",
    controls: "More clock settings", failed: "That did not work: ", blocked: "blocked",
  },
  ru: {
    menu: "Меню", message: "Сообщение", send: "Отправить", start: "НАЧАТЬ", unblock: "РАЗБЛОКИРОВАТЬ",
    attach: "Прикрепить", photo: "Фото", sticker: "Стикер", voice: "Голосовое сообщение", poll: "Опрос", location: "Геопозиция",
    bot: "бот", typing: "печатает…", reconnecting: "соединение…", edited: "изменено",
    today: "Сегодня", yesterday: "Вчера", down: "К последнему сообщению", messages: "Сообщения",
    back: "Назад к списку", more: "Ещё", blockBot: "Заблокировать бота", unblockBot: "Разблокировать бота",
    language: "Язык приложения", dark: "Тёмная тема", light: "Светлая тема", chats: "Чаты",
    newPerson: "Новый человек", firstName: "Имя", create: "Создать", cancel: "Отмена", ok: "ОК", open: "Открыть",
    openLink: "Открыть ссылку? Она ведёт за пределы пробного чата.", copied: "Скопировано в буфер обмена",
    edit: "Изменить", copy: "Копировать текст", actions: "Действия с сообщением", editing: "Изменение сообщения", cancelEdit: "Не изменять",
    whatCan: "Что умеет этот бот?", choose: "Выберите чат, чтобы начать общение", noMessages: "Сообщений пока нет",
    commands: "Команды", showMore: "Показать полностью", showLess: "Свернуть", hidden: "Скрытый текст, показать",
    sent: "Отправлено", read: "Прочитано", unread: "непрочитанных", anonymousPoll: "Анонимный опрос",
    notice: "Проба: данные не покидают этот компьютер", clock: "Условное время", plus10: "+10 мин", next: "Ближайшее напоминание",
    tomorrow: "Завтра 07:55", moment: "Дата и время", set: "Перевести", zone: "Часовой пояс", restart: "Перезапустить бота",
    controls: "Другие настройки часов", failed: "Не получилось: ", blocked: "заблокирован",
  },
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

/** Guesses the language of a text from its letters; null for none. */
export function languageOf(text) {
  const cyrillic = (text.match(/[а-яё]/gi) ?? []).length;
  const latin = (text.match(/[a-z]/gi) ?? []).length;
  if (!cyrillic && !latin) return null;
  return cyrillic * 2 > latin ? "ru" : "en";
}
