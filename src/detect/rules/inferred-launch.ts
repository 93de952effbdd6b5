import type { Launch } from '../commands/launch.ts';
import type { PackageJson } from '../manifests/package-json.ts';

/** The launch that a package's dependencies and files suggest, where none of its scripts makes one. */
export function inferredLaunch(
  { directory, file }: PackageJson,
  call: Pick<Launch, 'words' | 'role' | 'entry'> & { readonly text: string },
): Launch {
  const { text, ...rest } = call;
  const invocation = { cwd: directory, text, script: null, takesArguments: true, file, line: null };
  const surroundings = { env: {}, sourced: [], cwd: directory, label: null, invocation, outer: invocation };
  return { ...rest, ecosystem: 'javascript', program: null, ...surroundings };
}
