import { type Candidate, defaultPort, type FoundPort } from '../../candidate.ts';
import { readCommand } from '../../commands/read-command.ts';
import { pythonFramework } from '../../frameworks/python-frameworks.ts';
import { pythonRequirement } from '../../manifests/python-dependencies.ts';
import { pythonRunner } from '../../manifests/python-runner.ts';
import { filesCalled } from '../../repository/files-called.ts';
import { lineOf } from '../../repository/find-line.ts';
import { parentOf } from '../../repository/paths.ts';
import { placeText, type RepositoryPlace } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { djangoRoutes } from '../../source/python/django-routes.ts';
import { commandLines } from '../command-lines.ts';
import { healthAmong } from '../found-health.ts';
import { writtenPort } from '../program-candidate.ts';
import { propose } from '../propose.ts';

/** Django projects: a `manage.py` that names a settings module (other frameworks have files of that name too). */
export function djangoProjects(repository: Repository): readonly Candidate[] {
  return filesCalled(repository, /^manage\.py$/)
    .filter((file) => /DJANGO_SETTINGS_MODULE/.test(repository.text(file) ?? ''))
    .map((file) => djangoProject(repository, file));
}

function djangoProject(repository: Repository, file: string): Candidate {
  const directory = parentOf(file);
  const framework = pythonFramework('django');
  const runner = pythonRunner(repository, directory);
  const requirement = pythonRequirement(repository, directory, framework.name);
  return propose({
    cwd: directory,
    ecosystem: 'python',
    framework: framework.name,
    kind: framework.kind,
    command: `${runner.python} manage.py runserver $PORT`,
    developerCommand: `${runner.prefix}python manage.py runserver`,
    port: documentedPort({ repository, directory }) ?? defaultPort(framework.port),
    health: healthAmong(djangoRoutes(repository, directory)),
    confidence: requirement === undefined ? 0.85 : 0.95,
    evidence: [
      { file, line: lineOf(repository, file, 'DJANGO_SETTINGS_MODULE'), says: 'is the command of a Django project' },
      ...(requirement === undefined ? [] : [{ file: requirement.file, line: null, says: 'requires django' }]),
      { file: runner.file, line: null, says: runner.says },
    ],
    env: {},
  });
}

function documentedPort(place: RepositoryPlace): FoundPort | undefined {
  const { repository, directory } = place;
  for (const line of commandLines(repository, directory)) {
    if (line.source === 'dockerfile' || !line.text.includes('runserver')) continue;
    for (const launch of readCommand(repository, line)) {
      if (launch.program?.framework !== 'django') continue;
      const address = launch.words.slice(2).find((word) => /\d{4,5}$/.test(word) && !word.startsWith('-'));
      if (address === undefined) continue;
      const found = writtenPort(place, address, placeText(line.file, line.line));
      if (found.port !== null) return found;
    }
  }
  return undefined;
}
