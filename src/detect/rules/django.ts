import { type Candidate, defaultPort } from '../candidate.ts';
import { readCommand } from '../commands/read-command.ts';
import { pythonRequirement } from '../manifests/python-dependencies.ts';
import { pythonRunner } from '../manifests/python-runner.ts';
import { isAside } from '../repository/aside.ts';
import { lineOf } from '../repository/find-line.ts';
import { baseName, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { djangoRoutes } from '../source/python/django-routes.ts';
import { bestHealthRoute } from '../source/route.ts';
import { writtenPort } from './program-candidate.ts';
import { commandLines } from './python-documented.ts';

/** Django projects: a `manage.py` that names a settings module (other frameworks have files of that name too). */
export function djangoCandidates(repository: Repository): readonly Candidate[] {
  return [...repository.files]
    .filter(
      (file) =>
        baseName(file) === 'manage.py' &&
        !isAside(parentOf(file)) &&
        /DJANGO_SETTINGS_MODULE/.test(repository.text(file) ?? ''),
    )
    .map((file) => djangoCandidate(repository, file));
}

function djangoCandidate(repository: Repository, file: string): Candidate {
  const directory = parentOf(file);
  const runner = pythonRunner(repository, directory);
  const requirement = pythonRequirement(repository, directory, 'django');
  const routes = djangoRoutes(repository, directory);
  const best = bestHealthRoute(routes);
  const isRoot = routes.some((route) => route.path === '/');
  const documented = documentedPort(repository, directory);
  return {
    cwd: directory,
    home: directory,
    ecosystem: 'python',
    framework: 'django',
    kind: 'backend',
    label: null,
    entry: null,
    command: `${runner.python} manage.py runserver $PORT`,
    developerCommand: `${runner.prefix}python manage.py runserver`,
    port: documented.port,
    portSource: documented.source,
    portRank: documented.rank,
    health: best?.path ?? (isRoot ? '/' : null),
    healthSource: best !== undefined ? 'declared' : isRoot ? 'route' : null,
    confidence: requirement === undefined ? 0.85 : 0.95,
    evidence: [
      { file, line: lineOf(repository, file, 'DJANGO_SETTINGS_MODULE'), says: 'is the command of a Django project' },
      ...(requirement === undefined ? [] : [{ file: requirement.file, line: null, says: 'requires django' }]),
      ...(best === undefined ? [] : [{ file: best.file, line: best.line, says: `answers on \`${best.path}\`` }]),
      { file: runner.file, line: null, says: runner.says },
    ],
    env: {},
    alternatives: [],
    basis: 'inferred',
  };
}

function documentedPort(repository: Repository, directory: string): ReturnType<typeof defaultPort> {
  for (const line of commandLines(repository, directory)) {
    if (line.source === 'dockerfile' || !line.text.includes('runserver')) continue;
    for (const launch of readCommand(repository, line)) {
      if (launch.program?.framework !== 'django') continue;
      const address = launch.words.slice(2).find((word) => /\d{4,5}$/.test(word) && !word.startsWith('-'));
      if (address === undefined) continue;
      const found = writtenPort(
        repository,
        directory,
        address,
        line.line === null ? line.file : `${line.file}:${line.line}`,
      );
      if (found.port !== null) return found;
    }
  }
  return defaultPort(8000);
}
