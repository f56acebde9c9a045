import { defineRule } from '../define-rule.ts';

/** NestJS validation that lets unknown fields through. */
export const pipeWithoutWhitelist = defineRule({
  id: 'pipe-without-whitelist',
  lesson: 4,
  severity: 'warning',
  summary: 'The ValidationPipe lets unknown fields through: set `whitelist: true`.',
  why: 'class-validator checks the fields that a class declares and leaves all others on the object. A body with `isAdmin` beside the declared fields passes, and reaches the database as soon as the object is saved as a whole.',
  fix: 'Write `new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true })`.',
  examples: {
    bad: [
      {
        path: 'src/main.ts',
        code: `
  import { ValidationPipe } from '@nestjs/common';
  import { NestFactory } from '@nestjs/core';
  const app = await NestFactory.create(AppModule);
> app.useGlobalPipes(new ValidationPipe({ transform: true }));`,
      },
      {
        path: 'src/setup.ts',
        code: `
  import { type INestApplication, ValidationPipe } from '@nestjs/common';
  export function setUp(app: INestApplication) {
>   app.useGlobalPipes(new ValidationPipe());
  }`,
      },
      {
        path: 'src/options.ts',
        code: `
  import { ValidationPipe } from '@nestjs/common';
  const options = { transform: true, whitelist: false };
> export const setUp = (app) => app.useGlobalPipes(new ValidationPipe(options));`,
      },
    ],
    good: [
      {
        path: 'src/main.ts',
        code: `
  import { ValidationPipe } from '@nestjs/common';
  export const setUp = (app) => app.useGlobalPipes(new ValidationPipe({ whitelist: true }));`,
      },
    ],
  },
  *check({ code }) {
    for (const { kind, line, endLine } of code?.omissions ?? [])
      if (kind === 'pipe-whitelist') yield { line, endLine, because: 'The pipe keeps fields that no class declares.' };
  },
});
