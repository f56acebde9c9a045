import { defineRule } from '../define-rule.ts';

/** Archives unpacked whole. */
export const archiveWithoutLimits = defineRule({
  id: 'archive-without-limits',
  lesson: 4,
  severity: 'notice',
  summary: 'An archive is unpacked whole: check number, size and names of its entries on the way.',
  why: 'A few kilobytes of archive unpack to gigabytes, and the sizes in its directory are what its author wrote there. Entries may be links or carry `../` in their names; not every library refuses them.',
  fix: 'Count entries and bytes while you unpack and stop at a limit, skip links, and resolve every name against the target folder.',
  examples: {
    bad: [
      {
        path: 'src/unpack.js',
        code: `
  import AdmZip from 'adm-zip';
  export function unpack(file) {
    const zip = new AdmZip(file);
>   zip.extractAllTo('/srv/unpacked');
  }`,
      },
      {
        path: 'src/restore.js',
        code: `
  import * as tar from 'tar';
> export const restore = (file) => tar.x({ file, cwd: '/srv/restored' });`,
      },
      {
        path: 'src/theme.js',
        code: `
  import extract from 'extract-zip';
> export const install = (file) => extract(file, { dir: '/srv/themes' });`,
      },
    ],
    good: [
      {
        path: 'src/theme.js',
        code: `
  import extract from 'extract-zip';
  export const install = (file) => extract(file, { dir: '/srv/themes', onEntry: countBytes });`,
      },
    ],
  },
  *check({ code }) {
    for (const { kind, of, line, endLine } of code?.omissions ?? [])
      if (kind === 'archive-limits') yield { line, endLine, because: `\`${of}\` unpacks every entry.` };
  },
});
