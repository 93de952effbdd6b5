import { join, relative } from 'node:path';
import { readTextIfThere } from '../../platform/regular-file.ts';
import { upwards } from '../../platform/upwards.ts';
import type { PinnedVersion } from './setup-failure.ts';

/** In which files, and how, repositories say which version of a tool they want. */
interface Pin {
  readonly file: string;
  readonly tools: readonly string[];
  read(text: string, tool: string): string | undefined;
}

const NODE = ['node', 'npm', 'npx', 'corepack'];
const PYTHON = ['python', 'python3', 'pip', 'pip3'];
const JAVASCRIPT = ['npm', 'pnpm', 'yarn', 'bun'];

const PINS: readonly Pin[] = [
  { file: 'package.json', tools: JAVASCRIPT, read: (text, tool) => quoted(text, `"packageManager": "${tool}@`) },
  { file: '.nvmrc', tools: NODE, read: firstLine },
  { file: '.node-version', tools: NODE, read: firstLine },
  { file: '.python-version', tools: [...PYTHON, 'uv'], read: firstLine },
  { file: 'pyproject.toml', tools: PYTHON, read: (text) => /^requires-python *= *"([^"]+)"/m.exec(text)?.[1] },
  { file: '.ruby-version', tools: ['ruby', 'bundle', 'gem'], read: firstLine },
  { file: 'Gemfile', tools: ['ruby', 'bundle'], read: (text) => /^ruby ["']([^"']+)["']/m.exec(text)?.[1] },
  { file: 'go.mod', tools: ['go'], read: (text) => /^go (\S+)/m.exec(text)?.[1] },
  {
    file: 'rust-toolchain.toml',
    tools: ['cargo', 'rustc'],
    read: (text) => /^channel *= *"([^"]+)"/m.exec(text)?.[1],
  },
  { file: 'rust-toolchain', tools: ['cargo', 'rustc'], read: firstLine },
  { file: 'global.json', tools: ['dotnet'], read: (text) => quoted(text, '"version": "') },
  { file: 'composer.json', tools: ['php', 'composer'], read: (text) => quoted(text, '"php": "') },
  { file: '.tool-versions', tools: [], read: toolVersion },
  { file: 'mise.toml', tools: [], read: miseVersion },
  { file: '.mise.toml', tools: [], read: miseVersion },
];

/** What the repository says about the version of a tool, nearest to the step first; `null`: nothing. */
export function pinnedVersion(root: string, cwd: string, tool: string): PinnedVersion | null {
  for (const folder of upwards(join(root, cwd), root)) {
    for (const { file, tools, read } of PINS) {
      if (tools.length > 0 && !tools.includes(tool)) continue;
      const path = join(folder, file);
      const version = read(readTextIfThere(path) ?? '', tool)?.trim();
      if (version !== undefined && version !== '') return { version, file: relative(root, path).replaceAll('\\', '/') };
    }
  }
  return null;
}

/** Version managers let comments stand before it. */
function firstLine(text: string): string | undefined {
  return /^[ \t]*([\w.^~<>=][\w.^~<>= /-]{0,39})/m.exec(text)?.[1];
}

/** What stands between `before` and the next quotation mark; blanks around colons do not count. */
function quoted(text: string, before: string): string | undefined {
  const plain = text.replace(/"\s*:\s*/g, '": ');
  const start = plain.indexOf(before);
  return start === -1 ? undefined : /^[^"+\n]{1,40}/.exec(plain.slice(start + before.length))?.[0];
}

/** How version managers call tools. */
function managedName(tool: string): string {
  if (NODE.includes(tool)) return 'node(?:js)?';
  if (PYTHON.includes(tool)) return 'python';
  return tool.replace(/[^\w-]/g, '');
}

function toolVersion(text: string, tool: string): string | undefined {
  return new RegExp(`^${managedName(tool)}[ \\t]+(\\S{1,40})`, 'm').exec(text)?.[1];
}

function miseVersion(text: string, tool: string): string | undefined {
  return new RegExp(`^"?${managedName(tool)}"?\\s*=\\s*"([^"\\n]{1,40})"`, 'm').exec(text)?.[1];
}
