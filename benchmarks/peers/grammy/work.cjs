// What is to be answered, as grammY takes it; see ../work.py.
const shown = JSON.parse(process.env.BENCH_WORK ?? "{}");

function work(params) {
  const entities = JSON.parse(params.entities ?? "[]");
  const markup = JSON.parse(params.reply_markup ?? '{"inline_keyboard": []}');
  const rows = markup.inline_keyboard.map((row) =>
    row.filter((button) => "callback_data" in button)
      .map(({ text, callback_data }) => ({ text, callback_data })));
  return { text: params.text, extra: { entities, reply_markup: { inline_keyboard: rows } } };
}

module.exports = Object.fromEntries(
  Object.entries(shown).map(([method, params]) => [method, work(params)]));
