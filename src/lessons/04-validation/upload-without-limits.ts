import { defineRule } from '../define-rule.ts';

/** Upload parsers that accept files of any size, or keep the sender's file names. */
export const uploadWithoutLimits = defineRule({
  id: 'upload-without-limits',
  lesson: 4,
  severity: 'warning',
  summary:
    'Uploads are accepted without a limit of size, or with the sender’s file extension: set limits and name files yourself.',
  why: 'One client can fill the disk or the memory with a single request, and the parser runs before your own checks. An extension that the sender chose decides how a web server treats the file later: `.html` and `.php` among your images are somebody else’s pages.',
  fix: 'Pass `limits: { fileSize, files }` (multer, express-fileupload) or `maxFileSize` (formidable), and derive the extension from the type that you accepted.',
  examples: {
    bad: [
      {
        path: 'src/upload.js',
        code: `
  import multer from 'multer';
> const upload = multer({ dest: '/srv/uploads' });
  export default upload.single('photo');`,
      },
      {
        path: 'src/form.js',
        code: `
  import formidable from 'formidable';
> export const form = () => formidable({ keepExtensions: true });`,
      },
      {
        path: 'src/server.js',
        code: `
  import express from 'express';
  import fileUpload from 'express-fileupload';
  const app = express();
> app.use(fileUpload());`,
      },
      {
        path: 'src/photos.controller.ts',
        code: `
  import { Controller, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
  import { FileInterceptor } from '@nestjs/platform-express';
  @Controller('photos')
  export class PhotosController {
    @Post()
>   @UseInterceptors(FileInterceptor('photo'))
    add(@UploadedFile() photo: Express.Multer.File) {
      return this.photos.add(photo);
    }
  }`,
      },
    ],
    good: [
      {
        path: 'src/photos.controller.ts',
        code: `
  import { Controller, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
  import { FileInterceptor } from '@nestjs/platform-express';
  @Controller('photos')
  export class PhotosController {
    @Post()
    @UseInterceptors(FileInterceptor('photo', { limits: { fileSize: 2_000_000 } }))
    add(@UploadedFile() photo: Express.Multer.File) {
      return this.photos.add(photo);
    }
  }`,
      },
      {
        path: 'src/upload.js',
        code: `
  import multer from 'multer';
  export default multer({ dest: '/srv/uploads', limits: { fileSize: 2_000_000, files: 1 } }).single('photo');`,
      },
    ],
  },
  *check({ code }) {
    for (const { kind, of, line, endLine } of code?.omissions ?? []) {
      if (kind === 'upload-limits') yield { line, endLine, because: `\`${of}\` gets no limit of a file’s size.` };
      if (kind === 'upload-names')
        yield { line, endLine, because: `\`${of}\` keeps the extension that the sender wrote.` };
    }
  },
});
