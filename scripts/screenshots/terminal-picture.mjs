import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const SIZE = { rows: 22, cols: 112 };
const LIMIT_MS = 20_000;
/** The terminal program of the tests. */
const TERMINAL = join(import.meta.dirname, '../../test/rig/terminal.py');
const xterm = dirname(createRequire(import.meta.url).resolve('@xterm/xterm/package.json'));
const THEME = { background: '#14161b', foreground: '#d8dbe2', cursor: '#14161b' };

/**
 * What a program shows on a terminal once `seen` stands there and these keys have been pressed, as a picture; it is left by `q`.
 * `browser`: one of playwright's.
 */
export async function terminalPicture(browser, { cwd, command, seen, keys }, path) {
  const printed = await printedBy({ cwd, command, seen, keys });
  const page = await browser.newPage({ viewport: { width: 1100, height: 560 }, deviceScaleFactor: 1 });
  await page.setContent('<body style="margin:0"><div id="terminal" style="display:inline-block"></div></body>');
  await page.addStyleTag({ path: join(xterm, 'css/xterm.css') });
  await page.addScriptTag({ path: join(xterm, 'lib/xterm.js') });
  await page.evaluate(
    ({ text, size, theme }) =>
      new Promise((resolve) => {
        const terminal = new globalThis.Terminal({ ...size, theme, fontSize: 14, allowProposedApi: true });
        terminal.open(globalThis.document.getElementById('terminal'));
        terminal.write(text, resolve);
      }),
    { text: printed, size: SIZE, theme: THEME },
  );
  await delay(300); // It is drawn with the next frames.
  await page.locator('.xterm-screen').screenshot({ path });
  await page.close();
}

async function printedBy({ cwd, command, seen, keys }) {
  const env = { ...process.env, TERMINAL_SIZE: `${SIZE.rows}x${SIZE.cols}`, TERM: 'xterm-256color' };
  delete env.CI;
  delete env.NO_COLOR;
  const program = spawn('python3', [TERMINAL, ...command], { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] });
  let text = '';
  program.stdout.setEncoding('utf8').on('data', (more) => {
    text += more;
  });
  try {
    const untilMs = performance.now() + LIMIT_MS;
    const see = async (what) => {
      while (!text.includes(what)) {
        if (performance.now() > untilMs) throw new Error(`${command.join(' ')} never showed ${what}`);
        await delay(50);
      }
    };
    await see(seen);
    for (const { key, shows } of keys) {
      program.stdin.write(key);
      await see(shows);
    }
    await delay(500); // The last frame is whole.
    return text;
  } finally {
    program.stdin.write('q');
    await once(program, 'close');
  }
}
