import { describe, expect, test } from '@jest/globals';
import { parse } from '@typescript-eslint/typescript-estree';
import { type Node, parseSource } from '../../../src/facts/javascript/parse.ts';
import { plantTree } from '../../../src/facts/javascript/tree.ts';

describe('what cannot be parsed says why', () => {
  test('types of Flow are named, since nobody can mend them', () => {
    const typed = 'export const name = (user: ?User): string => (user.name: string);\n';
    expect(() => parseSource('src/a.js', `/* @flow strict */\n${typed}`)).toThrow(
      expect.objectContaining({ name: 'Flow types are not read' }),
    );
    expect(() => parseSource('src/a.js', typed)).toThrow(expect.objectContaining({ name: 'TSError' }));
    expect(() => parseSource('src/a.ts', `// @flow\n${typed}`)).toThrow(expect.objectContaining({ name: 'TSError' }));
  });

  test('a file with the pragma whose types TypeScript reads as well is read', () => {
    expect(parseSource('src/a.js', '// @flow\nexport const one = (a: number) => a;\n').body).toHaveLength(1);
  });
});

const typescript = `#!/usr/bin/env node
'use strict';
import type { Pool } from 'pg';
import data, * as rest from './données.json' with { type: 'json' };
export * as all from './all.ts';
export { one as default, type Two } from './two.ts';
@Controller('orders')
export abstract class Orders<T extends object = {}> extends Base<T> implements Has, Can {
  static #count = 0;
  declare readonly kept: string;
  private readonly pool?: Pool = new Pool({ max: 10 });
  constructor(@Inject(TOKEN) private readonly orders: Repository<Order>, public name = 'é👍') { super(); }
  @Get(':id') async find(@Param('id') id: string, ...others: number[]): Promise<Order | undefined> {
    const { a, b: [c = 1, , ...d], ...e } = (await this.orders?.find!({ where: { id } })) as unknown as any;
    for await (const row of rows(\`select \${c} from "o" -- \${\`x\${d}\`}\`)) if (row?.x?.[0]?.() ?? /[/]\\./g.test(e)) continue;
    outer: for (let i = 0, j = 10n; i < 2 ** 3; i++, j--) { do { break outer; } while (!(i in e)); }
    return a satisfies Order;
  }
  get size() { return Orders.#count; }
  set size(value) { Orders.#count ||= value; }
  abstract close(): void;
  static { void 0, delete globalThis.x; }
}
export enum Kind { A = 1, B = 'b' }
declare module 'x' { export function f(a: number): asserts a is 1; export const g: typeof import('y'); }
type Mapped<K extends keyof T, T> = { readonly [P in K as \`get\${P}\`]?: T[P] extends infer U ? U[] : never };
interface Callable { (a?: number): void; new (): Callable; [key: string]: unknown; method<T>(this: Window): [a: T, b?: T] }
export const f = async <T,>(x: T): Promise<T> => { try { throw await x; } catch { return x; } finally { debugger; } };
function overloaded(a: string): void;
function* overloaded(a?: any) { yield* a; switch (typeof a) { case 'x': default: return new.target ?? import.meta.url; } }
const big = 0x1f + 1_000n, tag = String.raw\`\\u\`, lazy = import('./lazy.js'), cast = <number>big;
namespace Deep.Er { export import y = Deep; }
export default class {}
`;
const jsx = `const page = <><a href="/x" {...rest} on={() => <b key='1'>don't {/* say */} // so</b>} />{list.map((x) => <X.Y a:b="c">{x}</X.Y>)}</>;
module.exports = { async *each() {}, get one() { return 1; }, ['a' + 1]: 2, __proto__: null, f(a, b = {}) { return a = b, a; } };
\r\n  // Windows' lines
if (a) ; else { var x = function named() {}, y = class Named extends (a, b) {}; }\u2028 new (foo())().bar\r`;

/** A tree as the other parser reads it, without what it says beside the standard. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item));
  if (value === null || typeof value !== 'object' || value instanceof RegExp) return String(value ?? undefined);
  const { type } = value as { type?: string };
  return Object.fromEntries(
    Object.entries({ ...value, loc: undefined }).flatMap(([key, item]) => {
      if (item == null || /^(?:parent|start|end|tokens|comments|hashbang|loc)$/.test(key)) return [];
      // The one begins a program with its first statement, and leaves out of an enumeration what its members cannot be.
      if ((key === 'range' && type === 'Program') || (key === 'computed' && type === 'TSEnumMember')) return [];
      return [[key, plain(item)]];
    }),
  );
}

describe('the two parsers', () => {
  test.each([
    ['src/a.ts', typescript],
    ['src/a.jsx', jsx],
  ])('read the same tree of %s', (path, text) => {
    const other = parse(text, {
      range: true,
      loc: true,
      jsx: !path.endsWith('ts'),
      allowInvalidAST: true,
      suppressDeprecatedPropertyWarnings: true,
    });
    const own = parseSource(path, text);
    expect(own).toHaveProperty('hashbang');
    expect(plain(own)).toEqual(plain(other));
  });

  test.each([
    ['src/a.ts', typescript],
    ['src/a.jsx', jsx],
  ])('and say the same of where its nodes stand, in %s', (path, text) => {
    const { program } = plantTree(path, text);
    const other = parse(text, {
      range: true,
      loc: true,
      jsx: !path.endsWith('ts'),
      allowInvalidAST: true,
      suppressDeprecatedPropertyWarnings: true,
    });
    const places = (node: Node): unknown[] => {
      const { start, end } = node.loc;
      const children = Object.entries(node).flatMap(([key, value]) => (key === 'parent' ? [] : [value].flat()));
      const below = children.filter(
        (child): child is Node => typeof child?.type === 'string' && child.type !== 'Hashbang',
      );
      return [
        ...(node.type === 'Program' ? [] : [[node.type, start.line, start.column, end.line, end.column]]),
        ...below.flatMap(places),
      ];
    };
    expect(places(program).sort()).toEqual(places(other).sort());
  });

  test('what one refuses the other may mend', () => {
    expect(parseSource('src/a.js', 'return 1;\n').body).toHaveLength(1);
    expect(parseSource('src/a.js', 'with (a) b();\n').body).toHaveLength(1);
  });
});
