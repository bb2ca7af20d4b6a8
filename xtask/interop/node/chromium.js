'use strict';
// Headless Chromium: the exchange from within a page, and the page that the server itself serves, used as a person would.
// usage: node chromium.js chromium client PORT hybi17 [DEFLATE]; Chromium itself always offers permessage-deflate.
const { spawn, execFileSync } = require('child_process');
const fs = require('fs'), os = require('os'), path = require('path');
const [, role, port, , deflate = ''] = process.argv.slice(2);
const say = (...words) => console.log(words.join(' '));
const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
const TYPED = 'typed in a page: Ελληνικά, 日本語, 👋🏽';

/** Starts Chromium and gives what calls its debugging commands; it ends when the pipe does. */
function start(program, profile) {
  const child = spawn(program, [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--mute-audio',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions',
    '--window-size=900,700', '--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank',
  ], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const waiting = new Map();
  let rest = '', count = 0, session;
  child.stdio[3].on('error', () => {});
  child.stdio[4].setEncoding('utf8').on('data', data => {
    const messages = (rest + data).split('\0');
    rest = messages.pop();
    for (const message of messages.map(text => JSON.parse(text))) {
      const { resolve, reject } = waiting.get(message.id) || {};
      if (!resolve) continue;
      waiting.delete(message.id);
      if (message.error) reject(new Error(message.error.message)); else resolve(message.result);
    }
  });
  const call = (method, params = {}) => new Promise((resolve, reject) => {
    waiting.set(++count, { resolve, reject });
    child.stdio[3].write(JSON.stringify({ id: count, method, params, sessionId: session }) + '\0');
  });
  const attach = async () => {
    const { targetInfos } = await call('Target.getTargets');
    const { targetId } = targetInfos.find(target => target.type === 'page');
    session = (await call('Target.attachToTarget', { targetId, flatten: true })).sessionId;
    await call('Page.enable');
  };
  const evaluate = async expression => {
    const answer = await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception.description);
    return answer.result.value;
  };
  return { child, call, attach, evaluate };
}

/** Types into the page that the server serves, and waits until what was typed has come back. */
async function usePage({ call, evaluate }) {
  await call('Page.navigate', { url: `http://127.0.0.1:${port}/` });
  const until = async (expression, what) => {
    for (let n = 0; n < 100; n++) {
      if (await evaluate(expression)) return;
      await sleep(100);
    }
    throw new Error(`${what}: ${await evaluate('document.body.innerText')}`);
  };
  // The field takes text before the page's script runs and before the connection stands; what is entered then is not sent.
  await until(`document.querySelector('#state.open') !== null`, 'the page did not connect');
  // A page that was not drawn yet drops input: so each key is repeated until the page shows that it came.
  const field = `document.querySelector('#text')`;
  const key = type => call('Input.dispatchKeyEvent', { type, key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' });
  const doUntil = async (input, expression, what) => {
    for (let n = 0; n < 20 && !await evaluate(expression); n++) {
      await input();
      for (let wait = 0; wait < 10 && !await evaluate(expression); wait++) await sleep(50);
    }
    await until(expression, what);
  };
  const type = async () => {
    await evaluate(`${field}.focus(), ${field}.value = ''`);
    await call('Input.insertText', { text: TYPED });
  };
  await doUntil(type, `${field}.value === ${JSON.stringify(TYPED)}`, 'no text could be typed');
  await doUntil(async () => { await key('keyDown'); await key('keyUp'); }, `${field}.value === ''`, 'the text was not entered');
  await until(`document.body.innerText.split(${JSON.stringify(TYPED)}).length > 2`, 'what was typed did not come back');
  await evaluate(`document.querySelector('#ping').click()`);
  await until(`document.body.innerText.includes('pong after')`, 'the server did not ping');
  await evaluate(`document.querySelector('#kick').click()`);
  await until(`document.body.innerText.includes('closed: 4001 as you asked')`, 'not closed');
  if (process.env.SCREENSHOT) {
    fs.writeFileSync(process.env.SCREENSHOT, Buffer.from((await call('Page.captureScreenshot')).data, 'base64'));
  }
}

async function main() {
  const program = ['chromium', 'chromium-browser', 'google-chrome'].find(name =>
    (process.env.PATH || '').split(':').some(folder => fs.existsSync(path.join(folder, name))));
  if (!program) return say('missing chromium');
  say('peer', 'chromium', String(execFileSync(program, ['--version', '--no-sandbox'])).replace(/[^0-9]*([0-9.]+)[^]*/, '$1'));
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'interop-chromium-'));
  const browser = start(program, profile);
  const ended = new Promise(resolve => browser.child.on('exit', resolve));
  process.stdin.on('end', () => browser.child.kill()).resume();
  try {
    await browser.attach();
    if (process.env.PAGE !== 'no') {
      await usePage(browser).then(() => say('ok page'), error => say('FAIL page', error.message.replace(/\s+/g, ' ').slice(0, 300)));
    }
    const exchange = fs.readFileSync(path.join(__dirname, 'exchange.js'), 'utf8');
    say(await browser.evaluate(`${exchange}
      (async () => {
        const lines = [], say = (...words) => lines.push(words.join(' '));
        const connect = subprotocols => interop.standard('ws://127.0.0.1:${port}/echo', subprotocols);
        await interop.exchange(connect, { say, deflate: ${JSON.stringify(deflate)} });
        return lines.join('\\n');
      })()`));
  } catch (error) {
    say('FAIL chromium', error.message);
  }
  browser.child.kill();
  await ended;
  fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  process.exit(0);
}

if (role !== 'client') throw new Error('a browser is a client');
main();
