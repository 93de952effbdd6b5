import { makefileIn, readMakefileTarget } from '../manifests/makefile.ts';
import { readPackageJson } from '../manifests/package-json.ts';
import { packageManagerOf, scriptCommand } from '../manifests/package-manager.ts';
import { tasksIn } from '../manifests/tasks.ts';
import type { Repository } from '../repository/repository.ts';
import { shellLines } from '../source/shell-lines.ts';

/** The script by which a repository sets itself up. */
export interface SetupScript {
  /** As typed in the root. */
  readonly text: string;
  readonly file: string;
  /** Every command line that it runs; `null`: it holds more than plain commands. */
  readonly lines: readonly string[] | null;
}

const FOLDERS = ['bin', 'script', 'scripts'];
const NAMES = ['setup', 'bootstrap'];
const FILES = [...FOLDERS.flatMap((folder) => NAMES.map((name) => `${folder}/${name}`)), 'setup'];

/** `bin/setup`, `make setup`, `npm run setup`, `task setup`; `undefined`: the repository has none. */
export function setupScript(repository: Repository): SetupScript | undefined {
  return fileScript(repository) ?? packageScript(repository) ?? taskScript(repository);
}

function fileScript(repository: Repository): SetupScript | undefined {
  const file = [...FILES.slice(0, -1), ...FILES.map((name) => `${name}.sh`)].find(repository.has);
  if (file === undefined) return undefined;
  const code = repository.text(file) ?? '';
  const lines = /^#!.*\bruby\b/.test(code) ? rubyLines(code) : /^#!.*sh\b/.test(code) ? plainLines(code) : null;
  const skip = code.includes('--skip-server') ? ' --skip-server' : '';
  return { text: `${file.includes('/') ? file : `./${file}`}${skip}`, file, lines };
}

/** The start of a server at the end of the script that Rails makes; it can be skipped. */
const STARTS_SERVER = /^\s*unless ARGV\.include\?\("--skip-server"\)[\s\S]*?^\s*end$/m;

/** What `system` is given; `null` where Ruby does more by itself than change folders and talk. */
function rubyLines(code: string): readonly string[] | null {
  const own = code.replace(/^\s*#.*$/gm, '').replace(STARTS_SERVER, '');
  const calls = [...own.matchAll(/\bsystem!?[ (]+"([^"]*)"/g)].map(([, text = '']) => text);
  const doesMore = /`|Open3|%x|\b(?:gets|exec)\b|FileUtils\.(?!chdir|cd)/.test(own);
  return doesMore || calls.some((text) => text.includes('#{')) ? null : calls;
}

/** `null` where the shell does more than run one command after another. */
function plainLines(code: string): readonly string[] | null {
  const lines = shellLines(code).map((line) => line.trim());
  const doesMore = /<<|\bfunction\b|^\w+\s*\(\)|\b(?:while|case|for|read|select)\b/;
  return lines.some((line) => doesMore.test(line)) ? null : lines;
}

function packageScript(repository: Repository): SetupScript | undefined {
  const manifest = readPackageJson(repository, '.');
  const name = NAMES.find((candidate) => manifest?.scripts[candidate] !== undefined);
  if (manifest === undefined || name === undefined) return undefined;
  const text = scriptCommand(packageManagerOf(repository, '.'), name);
  return { text, file: manifest.file, lines: [manifest.scripts[name] ?? ''] };
}

function taskScript(repository: Repository): SetupScript | undefined {
  const task = tasksIn({ repository, directory: '.' }).find(({ name }) => NAMES.includes(name));
  if (task === undefined) return undefined;
  const isMake = task.file === makefileIn(repository, '.');
  const lines = isMake ? (readMakefileTarget(repository, '.', [task.name]) ?? []) : task.commands;
  return { text: task.text, file: task.file, lines: task.cwd === '.' ? lines : null };
}
