import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What agents' own tools give a command. */
const MOST_SECONDS = 30;
const MOST_BYTES = 8192;

/**
 * An agent at work on a project: runs commands of `./dev` in one of its folders, each counted; what hangs, floods, or is
 * not named in AGENTS.md is told to `complain`.
 */
export function createAgent({ project, name, complain, commands = [] }) {
  const run = async (words, { root = project.root, killAfterSeconds } = {}) => {
    const verb = words[0] ?? '';
    if (!isNamed(root, verb)) complain(`AGENTS.md does not name \`${verb}\``);
    const environment = { ...project.environment, AI_AGENT: name };
    const command = await runToEnd(join(root, 'dev'), { words, root, environment, killAfterSeconds });
    commands.push(command);
    if (command.isKilled && killAfterSeconds === undefined) complain(`\`${words.join(' ')}\` hangs`);
    if (command.bytes > MOST_BYTES) complain(`\`${words.join(' ')}\` floods: ${command.bytes} bytes`);
    return command;
  };
  return {
    commands,
    complain,
    run,
    /** Starts, as often as it says that it is still trying. */
    async start(options) {
      for (let tries = 0; ; tries++) {
        const started = await run(['start', '--json'], options);
        if (tries === 10 || !/"stillTrying":true/.test(started.stdout)) return started;
      }
    },
    /** A command that has said otherwise than `isTrue` lies. */
    expect(isTrue, said, command) {
      if (!isTrue) complain(`${said}: \`${command.words.join(' ')}\` ended with ${command.code}: ${command.output}`);
    },
    /** Replaces a text in a file of the project; returns what puts it back. */
    edit(path, from, to, { root = project.root } = {}) {
      const file = join(root, path);
      const before = readFileSync(file, 'utf8');
      if (!before.includes(from)) throw new Error(`${path} does not have \`${from}\``);
      writeFileSync(file, before.replace(from, to));
      return () => writeFileSync(file, before);
    },
    another: (other) => createAgent({ project, name: other, complain, commands }),
    transcript: () =>
      commands.map(({ words, code, output }) => `$ ./dev ${words.join(' ')}  [${code}]\n${output}`).join(''),
  };
}

function isNamed(root, verb) {
  return readFileSync(join(root, 'AGENTS.md'), 'utf8').includes(`./dev ${verb}`);
}

function runToEnd(file, { words, root, environment, killAfterSeconds = MOST_SECONDS }) {
  const begunMs = performance.now();
  const child = spawn(file, words, { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let [stdout, stderr, isKilled] = ['', '', false];
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', (text) => (stderr += text));
  const limit = setTimeout(() => {
    isKilled = true;
    process.kill(-child.pid, 'SIGKILL');
  }, killAfterSeconds * 1000);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearTimeout(limit);
      const output = stdout + stderr;
      const seconds = (performance.now() - begunMs) / 1000;
      resolve({ words, code, stdout, output, isKilled, seconds, bytes: Buffer.byteLength(output) });
    });
  });
}
