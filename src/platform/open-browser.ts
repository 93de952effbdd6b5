import { spawn } from 'node:child_process';

/**
 * Opens a web page in the user's browser, which outlives us; `no-browser`: nothing here would show it. Throws for
 * anything but http and https: such a URL could start any program.
 */
export async function openInBrowser(url: string): Promise<'opened' | 'no-browser'> {
  const { protocol, href } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') throw new Error(`not a web page: ${url}`);
  for (const opener of openersOf(process.platform, process.env)) {
    if (await opens(opener, href)) return 'opened';
  }
  return 'no-browser';
}

type Opener = readonly [file: string, ...args: string[]];

/**
 * In the order in which they are tried. `rundll32`, because `start` would let the shell read the URL. Without a screen
 * `xdg-open` finds a browser for terminals at best, which has none to draw on; `BROWSER` may lead to another machine.
 */
function openersOf(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): readonly Opener[] {
  if (platform === 'darwin') return [['open']];
  if (platform === 'win32') return [['rundll32.exe', 'url.dll,FileProtocolHandler']];
  const { BROWSER: wanted = '', DISPLAY: x11 = '', WAYLAND_DISPLAY: wayland = '' } = environment;
  const own = wanted.split(':').flatMap((file): Opener[] => (['', 'none'].includes(file) ? [] : [[file]]));
  if (x11 === '' && wayland === '') return [...own, ['wslview']];
  return [...own, ['xdg-open'], ['wslview'], ['x-www-browser']];
}

/** One that lives this long shows the page itself. */
const PATIENCE_MS = 2000;

function opens([file, ...args]: Opener, url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(file, [...args, url], { detached: true, stdio: 'ignore', windowsHide: true });
    const finish = (isOpened: boolean): void => {
      clearTimeout(timer);
      resolve(isOpened);
    };
    const timer = setTimeout(() => finish(true), PATIENCE_MS);
    child.once('error', () => finish(false));
    child.once('exit', (code) => finish(code === 0));
    child.unref();
  });
}
