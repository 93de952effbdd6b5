import type { Candidate, Rule } from '../../candidate.ts';
import { pythonFramework } from '../../frameworks/python-frameworks.ts';
import { pythonProject } from '../../manifests/python-dependencies.ts';
import { isAside } from '../../repository/aside.ts';
import { baseName, depthOf, isInside, joinPath, parentOf } from '../../repository/paths.ts';
import type { Repository } from '../../repository/repository.ts';
import { importRoot } from '../../source/python/import-root.ts';
import { type PythonApp, pythonApps } from '../../source/python/python-apps.ts';
import { pythonMain } from '../../source/python/python-main.ts';
import { choosePythonApp, flaskRoot, isFlaskApp } from './choose-python-app.ts';
import { djangoProjects } from './django-project.ts';
import { pythonApplication } from './python-application.ts';
import { servingScripts } from './serving-script.ts';
import { streamlitPages } from './streamlit-page.ts';

/** Python web applications: one for each directory that imports are written from, the most likely entry of each. */
export const pythonRule: Rule = (repository) => {
  const django = djangoProjects(repository);
  const groups = groupApps(repository, pythonApps(repository));
  const apps = [...groups].flatMap(([directory, found]): readonly Candidate[] => {
    if (isAside(directory)) return [];
    const chosen = choosePythonApp({ repository, directory }, found);
    if (chosen === undefined) return [];
    const candidate = pythonApplication(repository, directory, chosen);
    const isNamed = candidate.basis === 'named' || isFlaskApp({ repository, directory }, chosen);
    return isNamed || isLikelyEntry(directory, chosen) ? [candidate] : [];
  });
  const own = apps.filter(
    (candidate) => !django.some((other) => isInside(candidate.home, other.home) && candidate.framework !== 'fastapi'),
  );
  const scripts = servingScripts(repository);
  const served = own.filter((app) => servesItself(repository, app) || !scripts.some(({ home }) => home === app.home));
  const others = scripts.filter((script) => !served.some(({ home }) => home === script.home));
  return [...django, ...dropNested(repository, served), ...streamlitPages(repository), ...others];
};

/** Where running its file only makes the application, a program beside it has to serve it. */
function servesItself(repository: Repository, { basis, framework, entry }: Candidate): boolean {
  const isStarted = basis === 'named' || pythonFramework(framework).start !== undefined;
  return isStarted || (entry !== null && pythonMain(repository, entry) !== undefined);
}

/** An application deep in a package, in a file of no telling name, is a part that something else starts. */
function isLikelyEntry(directory: string, app: PythonApp): boolean {
  const stem = baseName(app.file).replace(/\.py$/, '');
  const isTelling =
    /(^|_)(main|app|api|server|wsgi|asgi|application|run|index|start|backend|webapp)(_|$)|^__init__$/.test(stem);
  const isShallow = parentOf(app.file) === directory;
  return isTelling ? depthOf(directory) <= 4 : isShallow && depthOf(directory) <= 2;
}

function groupApps(repository: Repository, apps: readonly PythonApp[]): ReadonlyMap<string, readonly PythonApp[]> {
  const groups = new Map<string, PythonApp[]>();
  for (const app of apps) {
    const directory = flaskRoot(repository, app) ?? importRoot(repository, app.file);
    groups.set(directory, [...(groups.get(directory) ?? []), app]);
  }
  return groups;
}

/** An application below another one is its part or a helper, unless it is a project of its own. */
function dropNested(repository: Repository, candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.filter((candidate) => {
    const outer = candidates.filter(
      (other) => other !== candidate && other.home !== candidate.home && isInside(candidate.home, other.home),
    );
    if (outer.length === 0) return true;
    const project = pythonProject(repository, candidate.home)?.directory;
    const isOwnProject =
      project !== undefined && outer.every((other) => project !== other.home && isInside(project, other.home));
    return (
      isOwnProject ||
      repository.has(joinPath(candidate.home, 'Dockerfile')) ||
      repository.has(joinPath(parentOf(candidate.entry ?? '.'), 'Dockerfile'))
    );
  });
}
