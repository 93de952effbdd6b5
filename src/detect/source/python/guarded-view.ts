import type { Repository } from '../../repository/repository.ts';
import { alternatives } from '../join-patterns.ts';
import type { PythonExpression } from './python-expression.ts';
import type { PythonDefinition } from './python-module.ts';

/** Decorators and wrappers that only let users through who have logged in. */
const GUARDS = alternatives([
  /^(?:login|auth|jwt|token|permission|roles?|admin|fresh_jwt|api_key|staff_member)_required$/,
  /^(?:require[sd]?_(?:auth|login|user)\w*|user_passes_test|authenticated)$/,
]);
const DEPENDENCY = /^\w*(?:user|auth|login|token|jwt|api_?key|permission|principal|admin)\w*$/i;

/** What of a definition's own text says that a user has to be known. */
const GUARDED = alternatives([
  /\b(?:Depends|Security)\(\s*[\w.]*(?:user|auth|login|token|jwt|api_?key|permission|principal|admin)/i,
  /:\s*Current\w*User\b/,
  /\bpermission_classes\b[^\n]*\bIs(?:Authenticated|AdminUser)\b/,
  /\b(?:LoginRequired|PermissionRequired|UserPassesTest)Mixin\b/,
]);
/** Views of Django REST Framework, which the settings may close by default. */
const REST_VIEW = /\bAPIView\b|\w*ViewSet\b|\bgenerics\.\w+|@api_view\b/;

/** Whether a view answers only users that are known: it says nothing of a server's health to one that asks. */
export function isGuardedView(repository: Repository, definition: PythonDefinition): boolean {
  const text = definition.kind === 'class' ? forGet(definition.text) : definition.text;
  const isDecorated = definition.decorators.some(({ name }) => isGuard(name));
  if (
    isDecorated ||
    GUARDED.test(text) ||
    [...text.matchAll(/^\s+@([\w.]+)/gm)].some(([, name]) => isGuard(name ?? ''))
  )
    return true;
  return REST_VIEW.test(text) && !text.includes('permission_classes') && isClosedByDefault(repository);
}

/** Whether what a name stands for wraps a view so that only known users reach it. */
export function isGuard(name: string): boolean {
  return GUARDS.test(name.split('.').at(-1) ?? '');
}

/** Whether a router's `dependencies=[Depends(get_current_user)]` asks for a user. */
export function asksForUser(dependencies: PythonExpression | undefined): boolean {
  const items = dependencies?.kind === 'list' ? dependencies.items : [];
  return items.some((item) => {
    const [given] = item.kind === 'call' && /\b(?:Depends|Security)$/.test(item.name) ? item.arguments : [];
    const name = given?.kind === 'name' ? given.path : given?.kind === 'call' ? given.name : '';
    return DEPENDENCY.test(name.split('.').at(-1) ?? '');
  });
}

/** A class without the methods that answer something else than GET. */
function forGet(text: string): string {
  const head = text.split(/\n[ \t]+(?:@|(?:async )?def )/)[0] ?? '';
  const get = /(?:\n[ \t]+@[^\n]*)*\n[ \t]+(?:async )?def get\b[^\n]*/.exec(text)?.[0] ?? '';
  return head + get;
}

/** `REST_FRAMEWORK = {"DEFAULT_PERMISSION_CLASSES": […IsAuthenticated]}` of a settings module. */
function isClosedByDefault(repository: Repository): boolean {
  return repository.remember('rest-closed', () =>
    [...repository.files].some(
      (file) =>
        /settings(?:\/\w+)?\.py$/.test(file) &&
        /DEFAULT_PERMISSION_CLASSES["']\s*:\s*[[(][^\])]*\bIs(?:Authenticated|AdminUser)\b/.test(
          repository.text(file) ?? '',
        ),
    ),
  );
}
