import { defineRule } from '../define-rule.ts';
import { flowMatches } from './flow-matches.ts';

/** Templates, and the names and locals of views, from a request. */
export const templateInjection = defineRule({
  id: 'template-injection',
  lesson: 4,
  severity: 'error',
  summary:
    'The request chooses a template, its text or all of its variables: keep templates yours and pass named values.',
  why: 'Template languages compile to JavaScript, so a template’s text is code. Engines also read their own options from the variables you pass: with a whole body there, a request can name another layout file or switch escaping off.',
  fix: 'Load templates from your own files by constant names and pass an object whose keys you wrote.',
  examples: {
    bad: [
      {
        path: 'src/mail.js',
        code: `
  import Handlebars from 'handlebars';
  export const preview = (req, res) => {
>   const template = Handlebars.compile(req.body.template);
    res.send(template({}));
  };`,
      },
      {
        path: 'src/view.js',
        code: `
  import express from 'express';
  const app = express();
  app.post('/view', (req, res) => {
>   res.render('view', req.body);
  });`,
      },
      {
        path: 'src/page.js',
        code: `
  import nunjucks from 'nunjucks';
  export const page = (req, res) =>
>   res.send(nunjucks.renderString('<b>' + req.query.text, {}));`,
      },
      {
        path: 'src/preview.ts',
        code: `
  import type { Request, Response } from 'express';
  export class PreviewController {
    constructor(private readonly mails: Mails) {}
    async show(req: Request, res: Response) {
>     res.send(await this.mails.renderTemplate(req.params.name, { user: 'Ada' }));
    }
  }`,
      },
      {
        path: 'src/profile.js',
        code: `
  import { Router } from 'express';
  export const router = Router();
  router.post('/profile', (req, res) => {
>   const { profile } = req.body;
>   res.render('profile', profile);
  });`,
      },
    ],
    good: [
      {
        path: 'src/preview.js',
        code: `
  import path from 'node:path';
  export const show = async (req, res) =>
    res.send(await mails.renderTemplate(path.basename(req.params.name), { user: 'Ada' }));`,
      },
      {
        path: 'src/view.js',
        code: `
  export const view = (req, res) => res.render('view', { title: String(req.body.title) });`,
      },
    ],
  },
  *check(facts) {
    yield* flowMatches(facts, ['template'], 'decides what is rendered by');
  },
});
