import { lineAt } from '../repository/find-line.ts';
import { joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { joinUrl } from './join-url.ts';
import type { Route } from './route.ts';
import { stripComments } from './strip-comments.ts';

/** GET routes of Java and Kotlin controllers: the class's mapping and each method's. */
export function springRoutes(repository: Repository, directory: string): readonly Route[] {
  const files = repository.filesBelow(joinPath(directory, 'src/main')).filter((file) => /\.(java|kt)$/.test(file));
  return files.slice(0, 1500).flatMap((file) => {
    const text = stripComments(repository.text(file) ?? '', 'slashes');
    if (!/@(RestController|Controller|Path|RequestMapping)\b/.test(text)) return [];
    const body = /\b(?:class|interface|object)\s+\w+/.exec(text)?.index ?? 0;
    const base =
      /@(?:RequestMapping|Path|Controller)\(\s*(?:value\s*=\s*|path\s*=\s*)?[{[]?\s*"([^"]*)"/.exec(
        text.slice(0, body),
      )?.[1] ?? '';
    return [
      ...text
        .slice(body)
        .matchAll(
          /@(?:GetMapping|Get|Path|RequestMapping)\b(?:\(\s*(?:value\s*=\s*|path\s*=\s*)?[{[]?\s*(?:"([^"]*)")?)?/g,
        ),
    ].map((match) => ({
      path: joinUrl(base, match[1] ?? ''),
      file,
      line: lineAt(text, body + match.index),
    }));
  });
}
