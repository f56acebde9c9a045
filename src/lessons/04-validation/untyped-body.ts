import { defineRule } from '../define-rule.ts';

/** NestJS bodies that no class describes. */
export const untypedBody = defineRule({
  id: 'untyped-body',
  lesson: 4,
  severity: 'warning',
  summary: 'The body has no class that says what is in it: declare a DTO, so that it can be checked.',
  why: 'Nest’s ValidationPipe works from the class of the parameter. Without a type, with `any`, `object` or a `Record`, or with what only TypeScript knows (an interface, a `Partial`), it has nothing to check and passes on whatever came, in silence and although the pipe is switched on.',
  fix: 'Declare a class with class-validator’s decorators and use it as the parameter’s type, or give `@Body(new ZodValidationPipe(schema))` a schema.',
  examples: {
    bad: [
      {
        path: 'src/members.controller.ts',
        code: `
  import { Body, Controller, Post } from '@nestjs/common';
  @Controller('members')
  export class MembersController {
    @Post()
>   create(@Body() member) {
      return this.members.create(member);
    }
  }`,
      },
      {
        path: 'src/notes.controller.ts',
        code: `
  import { Body, Controller, Put } from '@nestjs/common';
  @Controller('notes')
  export class NotesController {
    @Put()
>   change(@Body() note: any) {
      return this.notes.change(note);
    }
  }`,
      },
      {
        path: 'src/tags.controller.ts',
        code: `
  import { Body, Controller, Patch } from '@nestjs/common';
  @Controller('tags')
  export class TagsController {
    @Patch()
>   change(@Body() tags: Record<string, unknown>) {
      return this.tags.change(tags);
    }
  }`,
      },
      {
        path: 'src/rooms.controller.ts',
        code: `
  import { Body, Controller, Patch } from '@nestjs/common';
  interface RoomChange { name: string }
  @Controller('rooms')
  export class RoomsController {
    @Patch()
>   change(@Body() room: RoomChange) {
      return this.rooms.change(room);
    }
  }`,
      },
    ],
    good: [
      {
        path: 'src/members.controller.ts',
        code: `
  import { Body, Controller, Post } from '@nestjs/common';
  @Controller('members')
  export class MembersController {
    @Post()
    create(@Body() member: NewMember, @Body('note') note: string) {
      return this.members.create(member, note);
    }
  }`,
      },
    ],
  },
  *check({ code }) {
    for (const { kind, line, endLine } of code?.omissions ?? [])
      if (kind === 'body-type')
        yield { line, endLine, because: 'The parameter’s type says nothing that a pipe could check.' };
  },
});
