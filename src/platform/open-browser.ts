import { spawn } from 'node:child_process';

/**
 * Opens a web page in the user's browser, which outlives us. Says nothing when there is no browser: the caller has
 * shown the URL anyway. Throws for anything but http and https: such a URL could start any program.
 */
export function openInBrowser(url: string): void {
  const { protocol, href } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') throw new Error(`not a web page: ${url}`);
  tryOpeners(openersOf(process.platform), href);
}

type Opener = readonly [file: string, ...args: string[]];

/** In the order in which they are tried. `rundll32`, because `start` would let the shell read the URL. */
function openersOf(platform: NodeJS.Platform): readonly Opener[] {
  if (platform === 'darwin') return [['open']];
  if (platform === 'win32') return [['rundll32.exe', 'url.dll,FileProtocolHandler']];
  return [['xdg-open'], ['wslview'], ['x-www-browser']];
}

function tryOpeners([opener, ...others]: readonly Opener[], url: string): void {
  if (opener === undefined) return;
  const [file, ...args] = opener;
  const child = spawn(file, [...args, url], { detached: true, stdio: 'ignore', windowsHide: true });
  child.once('error', () => tryOpeners(others, url));
  child.unref();
}
