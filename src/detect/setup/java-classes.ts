import type { DetectedService } from '../detection.ts';
import { joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { present, type StepDraft } from './step-draft.ts';

const BUILD_FILES = {
  maven: ['pom.xml'],
  gradle: ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts', 'gradle/libs.versions.toml'],
};

/** Downloads and compiles what a Java service is made of, with the program that starts it. */
export function javaClasses(repository: Repository, { cwd, command }: DetectedService): readonly StepDraft[] {
  const [, program = '', name = ''] = /^((?:\S*\/)?(mvnw?|gradlew?))\s/.exec(command) ?? [];
  if (name === '') return [];
  const tool = name.startsWith('mvn') ? 'maven' : 'gradle';
  const inputs = present(repository, cwd, BUILD_FILES[tool]);
  const [file] = inputs;
  if (file === undefined) return [];
  const run = tool === 'maven' ? `${program} -q -DskipTests compile` : `${program} classes`;
  const evidence = { file: joinPath(cwd, file), line: null, says: `${tool} compiles the classes` };
  return [{ kind: 'run', directory: cwd, tool, run, inputs, outputs: [], evidence }];
}
