import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const source = join(import.meta.dirname, '../src');

interface Import {
  readonly from: string;
  readonly to: string;
}

/** Which folders of `src/` a folder may import, types included. Files at the top wire all of them. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  review: [],
  facts: ['review'],
  lessons: ['facts', 'review'],
  github: ['review'],
  local: ['review'],
  jobs: ['review'],
  store: ['review'],
  web: ['review'],
  sandbox: ['review'],
};

function readSources(): ReadonlyMap<string, string> {
  const paths = readdirSync(source, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
  return new Map(
    paths.filter((path) => path.endsWith('.ts')).map((path) => [path, readFileSync(join(source, path), 'utf8')]),
  );
}

/** Imports of our own files, by path under `src/`. Rules' examples hold imports too: those start inside a text. */
function importsOf(sources: ReadonlyMap<string, string>): Import[] {
  return [...sources].flatMap(([from, text]) =>
    [...text.matchAll(/^(?:import|export|\} from)\b[^'"`;]*['"](\.[^'"]+)['"]|\bimport\(['"](\.[^'"]+)['"]\)/gm)]
      .map((found) => ({
        from,
        to: posix.join(posix.dirname(from), found[1] ?? found[2] ?? ''),
      }))
      .filter(({ to }) => sources.has(to)),
  );
}

/** Imports that go against the direction, and lessons that import one another. */
function violations(imports: readonly Import[]): string[] {
  return imports
    .filter(({ from, to }) => {
      const [folder = '', lesson, file] = from.split('/');
      const [target = '', otherLesson, otherFile] = to.split('/');
      if (lesson === undefined) return false;
      if (folder !== target) return !allowed[folder]?.includes(target) || otherLesson === undefined;
      return folder === 'lessons' && file !== undefined && otherFile !== undefined && lesson !== otherLesson;
    })
    .map(({ from, to }) => `${from} imports ${to}`);
}

/** The first circle of files that import each other, types included, as a path that ends where it begins. */
function circleIn(imports: readonly Import[]): readonly string[] | undefined {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const to of next.get(file) ?? []) {
      const circle = visit(to, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of next.keys()) {
    const circle = visit(file, []);
    if (circle) return circle;
  }
  return undefined;
}

const sources = readSources();
const imports = importsOf(sources);

describe('the imports of src', () => {
  test('are all seen', () => {
    expect(imports.length).toBeGreaterThan(500);
    const importing = new Set(imports.map(({ from }) => from.split('/')[0]));
    for (const folder of ['facts', 'lessons', 'github', 'local', 'sandbox', 'cli.ts', 'analysis.ts'])
      expect(importing).toContain(folder);
  });

  test('go in one direction', () => expect(violations(imports)).toEqual([]));

  test('make no circle', () => expect(circleIn(imports)).toBeUndefined());

  test('name every folder', () => {
    const folders = new Set([...sources.keys()].filter((path) => path.includes('/')).map((path) => path.split('/')[0]));
    expect([...folders].sort()).toEqual(Object.keys(allowed).sort());
  });
});

describe('the guards themselves', () => {
  const read = (files: Readonly<Record<string, string>>) => importsOf(new Map(Object.entries(files)));

  test.each([
    ['the core that knows facts', 'review/a.ts', 'facts/b.ts'],
    ['facts that know rules', 'facts/javascript/a.ts', 'lessons/rules.ts'],
    ['a lesson that knows another', 'lessons/01-scale/a.ts', 'lessons/02-logging/b.ts'],
    ['an edge that knows another', 'web/a.ts', 'store/b.ts'],
    ['an edge that knows lessons', 'github/a.ts', 'lessons/rules.ts'],
    ['a folder that knows the wiring', 'jobs/a.ts', 'config.ts'],
  ])('report %s', (_name, from, to) => {
    const path = posix.relative(posix.dirname(from), to);
    const specifier = path.startsWith('.') ? path : `./${path}`;
    for (const text of [
      `import { b } from '${specifier}';\n`,
      `import type { B } from '${specifier}';\n`,
      `import {\n  b,\n  c,\n} from '${specifier}';\n`,
      `export { b } from '${specifier}';\n`,
      `export * from '${specifier}';\n`,
      `import '${specifier}';\n`,
      `const { b } = await import('${specifier}');\n`,
    ])
      expect(violations(read({ [from]: text, [to]: '' }))).toEqual([`${from} imports ${to}`]);
  });

  test('let through what is meant', () => {
    const meant = read({
      'cli.ts': "import { a } from './lessons/rules.ts';\n",
      'lessons/rules.ts': "import { a } from './01-scale/a.ts';\n",
      'lessons/01-scale/a.ts': "import { d } from '../define-rule.ts';\nimport { t } from '../../review/types.ts';\n",
      'lessons/define-rule.ts': '',
      'review/types.ts': '',
    });
    expect([meant.length, violations(meant)]).toEqual([4, []]);
  });

  test('report a circle of any length', () => {
    const circle = read({
      'a.ts': "import { b } from './b.ts';\n",
      'b.ts': "import { c } from './c.ts';\nimport { d } from './d.ts';\n",
      'c.ts': '',
      'd.ts': "import { b } from './b.ts';\n",
    });
    expect(circleIn(circle)).toEqual(['b.ts', 'd.ts', 'b.ts']);
    expect(circleIn(circle.filter(({ from }) => from !== 'd.ts'))).toBeUndefined();
  });
});
