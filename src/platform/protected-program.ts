/**
 * Whether a program is one that a service may open for its user, and that stays when the service stops: a browser, an
 * editor, a terminal. One that a program drives (a test runner's headless browser) is not.
 */
export function isProtectedProgram(executable: string, commandLine: string): boolean {
  const name = executable.slice(Math.max(executable.lastIndexOf('/'), executable.lastIndexOf('\\')) + 1).toLowerCase();
  return PROGRAMS.has(name.replace(/\.exe$/, '')) && !DRIVEN.test(commandLine);
}

const DRIVEN = /\s--?(?:headless|enable-automation|remote-debugging-(?:port|pipe)|marionette|juggler(?:-pipe)?)\b/;

const BROWSERS = [
  ...['chrome', 'google chrome', 'google chrome helper', 'google-chrome', 'chrome_crashpad_handler', 'chromium'],
  ...['chromium-browser', 'firefox', 'firefox-bin', 'firefox-esr', 'librewolf', 'waterfox', 'safari', 'msedge'],
  ...['microsoft-edge', 'microsoft edge', 'brave', 'brave-browser', 'brave browser', 'opera', 'vivaldi', 'vivaldi-bin'],
  ...['epiphany', 'falkon', 'konqueror', 'arc', 'zen', 'zen-bin'],
];

const EDITORS = [
  ...['code', 'code-insiders', 'codium', 'vscodium', 'cursor', 'windsurf', 'zed', 'zed-editor', 'sublime_text', 'subl'],
  ...['atom', 'gedit', 'gnome-text-editor', 'kate', 'kwrite', 'emacs', 'vim', 'nvim', 'gvim', 'nano', 'hx', 'helix'],
  ...['idea', 'webstorm', 'pycharm', 'phpstorm', 'rubymine', 'goland', 'rider', 'clion', 'fleet', 'textmate'],
];

const TERMINALS = [
  ...['gnome-terminal', 'gnome-terminal-server', 'konsole', 'xterm', 'alacritty', 'kitty', 'wezterm', 'wezterm-gui'],
  ...['ghostty', 'tilix', 'xfce4-terminal', 'iterm2', 'terminal', 'tmux', 'screen', 'zellij'],
];

const PROGRAMS: ReadonlySet<string> = new Set([...BROWSERS, ...EDITORS, ...TERMINALS]);
