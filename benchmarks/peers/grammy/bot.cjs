// grammY with its runner, as their guides show it: updates side by side, at most 500.
//
// node bot.cjs ROOT TOKEN
const { Bot } = require("grammy");
const { run } = require("@grammyjs/runner");
const work = require("./work.cjs");

const [root, token] = process.argv.slice(2);
const bot = new Bot(token, { client: { apiRoot: root } });

bot.command("start", (ctx) => ctx.reply("Hello"));
if (work.sendMessage) {
  bot.on("callback_query:data", async (ctx) => {
    await ctx.answerCallbackQuery();
    await ctx.editMessageText(work.editMessageText.text, work.editMessageText.extra);
  });
  bot.on("message:text", (ctx) => ctx.reply(work.sendMessage.text, work.sendMessage.extra));
}

run(bot);
