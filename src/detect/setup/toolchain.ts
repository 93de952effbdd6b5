import type { DetectedService } from '../detection.ts';
import { baseName } from '../repository/paths.ts';

/** Whose package manager brings what a service is made of. */
export type Toolchain = 'javascript' | 'python' | 'ruby' | 'php' | 'elixir' | 'go' | 'rust' | 'dotnet' | 'java';

const PROGRAMS: Readonly<Record<Toolchain, readonly string[]>> = {
  javascript: ['npm', 'npx', 'pnpm', 'yarn', 'bun', 'bunx', 'node', 'tsx', 'ts-node', 'nodemon', 'turbo', 'nx'],
  python: [
    ...['python', 'python3', 'uv', 'poetry', 'pipenv', 'pdm', 'hatch', 'flask', 'django-admin', 'uvicorn', 'gunicorn'],
    ...['fastapi', 'streamlit', 'hypercorn', 'daphne', 'waitress-serve', 'mkdocs', 'celery', 'honcho', 'jupyter'],
  ],
  ruby: ['ruby', 'bundle', 'rails', 'rackup', 'puma', 'jekyll', 'rake', 'sidekiq', 'vite_ruby', 'foreman'],
  php: ['php', 'composer', 'symfony', 'artisan', 'sail'],
  elixir: ['mix', 'iex', 'elixir'],
  go: ['go', 'air', 'reflex'],
  rust: ['cargo', 'trunk', 'bacon', 'watchexec'],
  dotnet: ['dotnet'],
  java: ['mvn', 'mvnw', 'gradle', 'gradlew', 'java', 'sbt', 'lein', 'clj'],
};

const BY_PROGRAM = new Map(
  Object.entries(PROGRAMS).flatMap(([toolchain, names]) => names.map((name) => [name, toolchain as Toolchain])),
);

/** What a service's command is run with; `undefined`: by something else, such as a container engine. */
export function toolchainOf({ command, developerCommand }: DetectedService): Toolchain | undefined {
  return byWords(command) ?? byWords(developerCommand);
}

function byWords(command: string): Toolchain | undefined {
  const words = command.split(/[\s;&|()]+/).filter((word) => word !== '' && !/^\w+=/.test(word));
  for (const word of words.slice(0, 4)) {
    const name = baseName(word);
    const found = BY_PROGRAM.get(name.replace(/\.(exe|bat|cmd)$/, ''));
    if (found !== undefined) return found;
    if (word.includes('node_modules/')) return 'javascript';
  }
  return undefined;
}
