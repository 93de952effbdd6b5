import type { DetectedService } from '../detection.ts';
import type { Repository } from '../repository/repository.ts';
import { filesThere, runDraft, type StepDraft } from './step-draft.ts';

const BUILD_FILES = {
  maven: ['pom.xml'],
  gradle: ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts', 'gradle/libs.versions.toml'],
};

/** Downloads and compiles what a Java service is made of, with the program that starts it. */
export function javaClasses(repository: Repository, { cwd, command }: DetectedService): readonly StepDraft[] {
  const [, program = '', name = ''] = /^((?:\S*\/)?(mvnw?|gradlew?))\s/.exec(command) ?? [];
  if (name === '') return [];
  const tool = name.startsWith('mvn') ? 'maven' : 'gradle';
  const place = { repository, directory: cwd };
  const inputs = BUILD_FILES[tool];
  if (filesThere(place, inputs).length === 0) return [];
  const run = tool === 'maven' ? `${program} -q -DskipTests compile` : `${program} classes`;
  return [runDraft(place, { tool, run, inputs, outputs: [], says: `${tool} compiles the classes` })];
}
