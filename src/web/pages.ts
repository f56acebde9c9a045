import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { pageHeaders } from './layout.ts';
import type { LessonPage } from './lesson.ts';
import { renderHome, renderLesson, renderLessons, renderNoLesson } from './lesson-page.ts';
import { document, type Reply, text } from './reply.ts';
import type { Route } from './server.ts';

const html = 'text/html; charset=utf-8';

/** Everything that is for reading, rendered once, when the server starts. */
export function pageRoutes(lessons: readonly LessonPage[], policySchema: object): Route[] {
  const pages = new Map(
    lessons.map((lesson, index) => {
      const neighbours = { previous: lessons[index - 1], next: lessons[index + 1] };
      return [lesson.slug, document(html, renderLesson(lesson, neighbours), pageHeaders)];
    }),
  );
  const noLesson = renderNoLesson(lessons);
  const openapi = readFileSync(new URL('./openapi.yaml', import.meta.url), 'utf8');
  return [
    { method: 'GET', path: '/', handle: document(html, renderHome(lessons), pageHeaders) },
    { method: 'GET', path: '/lessons', handle: document(html, renderLessons(lessons), pageHeaders) },
    {
      method: 'GET',
      path: '/lessons/{lesson}',
      handle: (request, slug) => pages.get(slug)?.(request) ?? missing(request, noLesson),
    },
    { method: 'GET', path: '/openapi.yaml', handle: document('application/yaml; charset=utf-8', openapi) },
    {
      method: 'GET',
      path: '/hindsight.schema.json',
      handle: document('application/schema+json; charset=utf-8', `${JSON.stringify(policySchema, null, 2)}\n`, {
        // Editors that run in a browser fetch it from another origin.
        'access-control-allow-origin': '*',
      }),
    },
  ];
}

/** A browser gets a page that leads on, a program a line. */
function missing(request: IncomingMessage, body: string): Reply {
  return request.headers.accept?.includes('text/html')
    ? text(404, body, { ...pageHeaders, 'content-type': html })
    : text(404, 'No such lesson.\n');
}
