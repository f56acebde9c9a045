import { describe, expect, test } from '@jest/globals';
import { lineUrls } from '../src/app-parts.ts';

const at = { owner: 'o', repo: 'r', head: 'abc' };

describe('the address of a line', () => {
  test('is that of the file at the commit', () => {
    const url = lineUrls({ gheHost: undefined, gheProtocol: 'https' }, at);
    expect(url('src/a b.ts', 7)).toBe('https://github.com/o/r/blob/abc/src/a%20b.ts#L7');
  });

  test('stays one address inside a Markdown link, whatever the path holds', () => {
    const url = lineUrls({ gheHost: 'ghe.example.com', gheProtocol: 'https' }, at);
    const made = url("a)[b](http://evil)/#c?d'|<e>.ts", 1);
    expect(made).toMatch(/^https:\/\/ghe\.example\.com\/o\/r\/blob\/abc\/[\w%./-]+#L1$/);
    expect(decodeURIComponent(made)).toContain("a)[b](http://evil)/#c?d'|<e>.ts");
  });
});
