import { execFile, spawn } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Finished } from '../rig/run.ts';
import { runFolder } from '../rig/run-folder.ts';
import versions from './versions.json' with { type: 'json' };

/** What `scripts/test/install-windows.mjs` has made. */
const installed = join(tmpdir(), `devgen-test-windows-${userInfo().uid}`);
const system = join(installed, 'system');
const major = process.env.TEST_WINDOWS_NODE ?? '20';
const node = join(installed, `node-${new Map(Object.entries(versions)).get(major) ?? major}`);
const compiler = '/usr/bin/x86_64-w64-mingw32-gcc';

export const hasWindows = ['/usr/bin/wine', compiler, system, join(node, 'node.exe')].every((path) => existsSync(path));

const LIMIT_MS = 90_000;

/** A process as the system's own table has it. */
export interface WindowsProcess {
  readonly pid: number;
  readonly parentPid: number;
  readonly command: string;
}

export interface ToolCall {
  readonly tool: string;
  readonly by: number;
}

/** A Windows of its own, with its own processes, users' files and registry. */
export interface WindowsMachine {
  /** Runs a program to its end. */
  run(words: readonly string[], options: RunOptions): Promise<Finished>;
  /** Begins one that goes on; it ends with the machine. */
  begin(words: readonly string[], options: RunOptions): void;
  /** Of all programs but those that belong to the system. */
  processes(): Promise<readonly WindowsProcess[]>;
  /** Of each question to a tool of the system since the last call of this: the tool, and who asked. */
  takeCalls(): readonly ToolCall[];
  end(): Promise<void>;
}

interface RunOptions {
  readonly cwd: string;
}

/** The caller ends it. */
export async function bootWindows(): Promise<WindowsMachine> {
  const folder = mkdtempSync(join(runFolder(), 'windows-'));
  const prefix = await makePrefix(join(folder, 'prefix'));
  const tools = await compileStandIns(join(folder, 'tools'));
  const calls = join(folder, 'calls');
  const environment = {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: folder,
    LANG: 'C.UTF-8',
    USER: userInfo().username,
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    DISPLAY: '',
    WINEPATH: [tools, node].map(windowsPath).join(';'),
    NODE_SKIP_PLATFORM_CHECK: '1',
    RIG_CALLS: windowsPath(calls),
  };
  const run: WindowsMachine['run'] = (words, { cwd }) => runWine(words, { cwd, environment, folder });
  return {
    run,
    begin: (words, { cwd }) => {
      spawn('wine', [...words], { cwd, env: environment, detached: true, stdio: 'ignore' }).unref();
    },
    processes: async () => {
      const { stdout } = await run(['powershell.exe', 'Get-CimInstance Win32_Process -Property ProcessId,'], {
        cwd: folder,
      });
      return stdout.split(/\r?\n/).flatMap((line) => processIn(line) ?? []);
    },
    takeCalls: () => {
      const lines = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [];
      rmSync(calls, { force: true });
      return lines.map((line) => {
        const [tool = '', pid] = line.split(' ');
        return { tool, by: Number(pid) };
      });
    },
    end: async () => {
      await promisify(execFile)('wineserver', ['-k'], { env: environment }).catch(() => undefined); // None runs any more.
      await promisify(execFile)('wineserver', ['-w'], { env: environment }).catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function windowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}

/** The installed system's own registry and programs, and a user without files. */
async function makePrefix(prefix: string): Promise<string> {
  const drive = join(prefix, 'drive_c');
  const profile = join(drive, 'users', userInfo().username);
  for (const path of ['AppData/Local', 'AppData/Roaming', 'Temp']) mkdirSync(join(profile, path), { recursive: true });
  for (const name of ['system.reg', 'user.reg', 'userdef.reg', '.update-timestamp'])
    cpSync(join(system, name), join(prefix, name));
  for (const name of readdirSync(join(system, 'drive_c'))) {
    if (name !== 'users') symlinkSync(join(system, 'drive_c', name), join(drive, name));
  }
  mkdirSync(join(prefix, 'dosdevices'));
  symlinkSync('../drive_c', join(prefix, 'dosdevices/c:'));
  symlinkSync('/', join(prefix, 'dosdevices/z:'));
  return prefix;
}

async function compileStandIns(tools: string): Promise<string> {
  const sources = join(import.meta.dirname, 'programs');
  const libraries = ['-lws2_32', '-liphlpapi', '-lpsapi', '-lntdll'];
  mkdirSync(tools);
  for (const name of readdirSync(sources).filter((each) => each.endsWith('.c'))) {
    const output = join(tools, name.replace(/c$/, 'exe'));
    await promisify(execFile)(compiler, ['-Wall', '-Werror', '-s', '-o', output, join(sources, name), ...libraries]);
  }
  return tools;
}

interface WineOptions extends RunOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** Through files: a pipe of Unix is none of Windows, and Node there cannot write to it. */
function runWine(words: readonly string[], { cwd, environment, folder }: WineOptions): Promise<Finished> {
  const output = mkdtempSync(join(folder, 'output-'));
  const [stdout, stderr] = [join(output, 'stdout'), join(output, 'stderr')];
  const descriptors = [openSync(stdout, 'w'), openSync(stderr, 'w')] as const;
  const startedAt = performance.now();
  const child = spawn('wine', [...words], { cwd, env: environment, stdio: ['ignore', ...descriptors] });
  for (const descriptor of descriptors) closeSync(descriptor);
  return new Promise((resolve, reject) => {
    const said = (): { readonly stdout: string; readonly stderr: string } => ({
      stdout: readFileSync(stdout, 'utf8').replaceAll('\r\n', '\n'),
      stderr: readFileSync(stderr, 'utf8').replaceAll('\r\n', '\n'),
    });
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(
        new Error(`\`${words.join(' ')}\` did not end within ${LIMIT_MS} ms\n${Object.values(said()).join('\n')}`),
      );
    }, LIMIT_MS);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(limit);
      resolve({ code, signal, ...said(), tookMs: performance.now() - startedAt });
    });
  });
}

const ROW = /^"(\d+)","(\d+)","\d+","[^"]*","([^"]*)","\d+","\d+","(.*)"$/;

function processIn(line: string): WindowsProcess | undefined {
  const [, pid, parentPid, path = '', command = ''] = ROW.exec(line) ?? [];
  const isOfSystem = /^C:\\windows\\system32\\(?!cmd\.exe)/i.test(path) || /powershell\.exe$/i.test(path);
  if (pid === undefined || isOfSystem) return undefined;
  return { pid: Number(pid), parentPid: Number(parentPid), command: command.replaceAll('""', '"') };
}
