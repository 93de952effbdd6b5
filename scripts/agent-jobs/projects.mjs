import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { markedBy } from '../cycles/traces.mjs';
import { FASTAPI_NEXT, FLASK_VITE } from './sources.mjs';

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const GONE_WITHIN_MS = 10_000;

/** The projects that the jobs are done on; those whose frameworks are not there are left out, which is said. */
export function* createProjects() {
  for (const source of [FLASK_VITE, FASTAPI_NEXT]) {
    const missing = source.needs.find((path) => !existsSync(path));
    if (missing === undefined) yield createProject(source);
    else console.log(`${source.name} is left out: there is no ${missing}`);
  }
}

function createProject(source) {
  const folder = mkdtempSync(join(tmpdir(), 'devgen-jobs-'));
  const mark = `JOBS_OF_${process.pid}_${source.name.replaceAll(/\W/g, '_')}`;
  for (const name of ['run', 'home', 'main']) mkdirSync(join(folder, name), { mode: 0o700 });
  const environment = {
    ...{ HOME: join(folder, 'home'), XDG_RUNTIME_DIR: join(folder, 'run'), [mark]: '1', NEXT_TELEMETRY_DISABLED: '1' },
    ...{ USER: userInfo().username, SHELL: '/bin/sh', LANG: 'C.UTF-8', TERM: 'dumb' },
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin'].join(':'),
  };
  const main = join(folder, 'main');
  const spawned = (file, ...words) => {
    const done = spawnSync(file, words, { cwd: main, env: environment, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`${words.join(' ')} failed\n${done.stdout}${done.stderr}`);
    return done.stdout;
  };
  const git = (...words) => spawned('git', '-c', 'user.name=jobs', '-c', 'user.email=jobs@localhost', ...words);
  const files = { ...source.files, 'devgen.config.yaml': `${JSON.stringify(source.config, null, 2)}\n` };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(main, path)), { recursive: true });
    writeFileSync(join(main, path), text);
  }
  git('init', '-q', '--initial-branch=main');
  spawned(process.execPath, join(repository, 'dist/cli.js'), 'generate');
  git('add', '--all');
  git('commit', '-qm', 'First');
  return {
    ...source,
    environment,
    /** Where the work is done: a linked worktree, once there is one. */
    root: main,
    main,
    addWorktree(branch) {
      const root = join(folder, branch);
      git('worktree', 'add', '-qb', branch, root);
      return root;
    },
    /** Pid of the supervisor where the work is done. */
    supervisor() {
      return stateFile(this.root, 'supervisor.json').pid;
    },
    stateOf(service) {
      return stateFile(this.root, `status/${service}.json`).state;
    },
    processes: () => markedBy(mark),
    /** What is left after everything was stopped. */
    async end({ keep }) {
      spawnSync(join(main, 'dev'), ['stop', '--all-worktrees', '--force'], { cwd: main, env: environment });
      let left = markedBy(mark);
      for (const endMs = performance.now() + GONE_WITHIN_MS; left.length > 0 && performance.now() < endMs; ) {
        await delay(100);
        left = markedBy(mark);
      }
      if (keep) console.log(`${folder} is kept`);
      else rmSync(folder, { recursive: true, force: true });
      return left.map((command) => `left: ${command}`);
    },
  };
}

function stateFile(root, name) {
  return JSON.parse(readFileSync(join(root, 'logs/.devgen', name), 'utf8'));
}
