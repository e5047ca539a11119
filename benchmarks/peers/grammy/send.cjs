// grammY's send loop; the same as ../loop.py.
//
// node send.cjs ROOT TOKEN COUNT IN_FLIGHT
const { Bot } = require("grammy");
const { sendMessage: work } = require("./work.cjs");

const [root, token, ...numbers] = process.argv.slice(2);
const [count, inFlight] = numbers.map(Number);
const { api } = new Bot(token, { client: { apiRoot: root } });

function sendAll(first, last) {
  let chat = first;
  const worker = async () => {
    while (chat <= last) await api.sendMessage(chat++, work.text, work.extra);
  };
  return Promise.all(Array.from({ length: inFlight }, worker));
}

async function main() {
  await sendAll(count + 1, count + Math.floor(count / 10));
  const before = process.cpuUsage();
  const began = process.hrtime.bigint();
  await sendAll(1, count);
  const wall = Number(process.hrtime.bigint() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ cpu: (user + system) / count, wall: wall / count }));
}

main();
