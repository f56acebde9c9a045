import type { Problem } from '../sql.ts';

const maxLines = 20_000;
/** Which timeouts a section needs: https://docs.haproxy.org/3.0/configuration.html#4.2-timeout%20client */
const needed: Readonly<Record<string, readonly string[]>> = {
  frontend: ['client'],
  backend: ['connect', 'server'],
  listen: ['client', 'connect', 'server'],
};

interface Section {
  readonly kind: string;
  readonly name: string;
  readonly line: number;
  readonly timeouts: Set<string>;
  /** The `defaults` that hold for it: the named one, else the last above. */
  readonly defaults: Section | undefined;
  servers: number;
}

/** Sections of HAProxy without the timeouts that HAProxy itself warns of at its start: it then waits for ever. */
export function* haproxyProblems(text: string): Iterable<Problem> {
  for (const section of sectionsOf(text)) {
    const wanted = needed[section.kind];
    // A backend without a server answers by itself or refuses.
    if (!wanted || (section.kind === 'backend' && section.servers === 0)) continue;
    const missing = wanted.filter((name) => !section.timeouts.has(name) && !section.defaults?.timeouts.has(name));
    if (missing.length === 0) continue;
    yield {
      line: section.line,
      endLine: section.line,
      rule: 'proxy-waits-too-long',
      severity: 'warning',
      because: `It has no \`timeout ${missing.join('`, no `timeout ')}\`, nor do its defaults.`,
    };
  }
}

function sectionsOf(text: string): Section[] {
  const sections: Section[] = [];
  let defaults: Section | undefined;
  for (const [i, raw] of text.split('\n').slice(0, maxLines).entries()) {
    const words = raw.replace(/#.*/, '').trim().split(/\s+/);
    const [keyword = '', name = ''] = words;
    const current = sections.at(-1);
    if (
      /^(?:global|defaults|frontend|backend|listen|peers|resolvers|userlist|cache|program|mailers|ring)$/.test(keyword)
    ) {
      const from = words[words.indexOf('from') + 1];
      const base = words.includes('from')
        ? sections.find((s) => s.kind === 'defaults' && s.name === from)
        : keyword === 'defaults'
          ? undefined
          : defaults;
      const section = {
        kind: keyword,
        name,
        line: i + 1,
        timeouts: new Set(keyword === 'defaults' ? base?.timeouts : []),
        defaults: base,
        servers: 0,
      };
      sections.push(section);
      if (keyword === 'defaults') defaults = section;
    } else if (keyword === 'timeout') current?.timeouts.add(name);
    else if (/^(?:server|server-template)$/.test(keyword) && current) current.servers++;
  }
  return sections;
}
