import { portNumber } from '../commands/flags.ts';
import type { Repository } from '../repository/repository.ts';
import { type DockerCommand, dockerHealthCheck } from './dockerfile.ts';

/** What the health check of an image asks. */
export interface ImageHealth extends DockerCommand {
  /** `null`: it is not written as a number. */
  readonly port: number | null;
}

const URL = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::([^/\s"'`]+))?(?=\/)/;

/**
 * The check of a Dockerfile with the address that it asks in its text: its own, or that of the script of the repository
 * that it runs. `undefined`: there is none.
 */
export function imageHealth(repository: Repository, dockerfile: string): ImageHealth | undefined {
  const check = dockerHealthCheck(repository, dockerfile);
  if (check === undefined) return undefined;
  const script = URL.test(check.text) ? undefined : scriptOf(repository, check.text);
  const text = script === undefined ? check.text : (addressIn(repository.text(script) ?? '') ?? '');
  // The variable is the image's: its default is what the image listens on.
  const port = URL.exec(text)?.[1]?.replace(/^\$\{\w+:-(\d+)\}$/, '$1');
  return { ...check, text, port: portNumber(port) };
}

/** `python $HOME/shop/healthcheck.py` names a file of the repository by its end. */
function scriptOf(repository: Repository, command: string): string | undefined {
  const named = /([\w.-]+(?:\/[\w.-]+)*\.(?:py|sh|[cm]?js))\b/.exec(command.replace(/\$\{?\w+\}?\//g, ''))?.[1];
  // What an image runs may be compiled from a file of the same name.
  const names = named === undefined ? [] : [named, named.replace(/\.[cm]?js$/, '.ts')];
  const fitting = [...repository.files].filter((file) =>
    names.some((name) => file === name || file.endsWith(`/${name}`)),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** A script asks this machine, whatever its variables are called. */
function addressIn(code: string): string | undefined {
  const plain = code.replace(/(https?:\/\/)\$?\{\w+\}/g, '$1localhost');
  return new RegExp(`${URL.source}[^\\s"'\`]*`).exec(plain)?.[0];
}
