import type { SlowCall } from '../code.ts';

type Known = readonly [shape: RegExp, what: SlowCall['what']];

/** Calls that hold the one thread until they are done, by where they come from. */
export const synchronous: readonly Known[] = [
  [/^(?:fs|fs-extra|graceful-fs)\.\w+Sync$/, 'file-sync'],
  [/^crypto\.(?:pbkdf2|scrypt|randomFill|generateKeyPair|hkdf|generatePrime)\w*Sync$/, 'crypto-sync'],
  [/^zlib\.\w+Sync$/, 'compress-sync'],
  [/^child_process\.\w+Sync$/, 'process'],
  [/^(?:bcrypt|bcryptjs|bcrypt-nodejs)\.(?:hash|compare|genSalt)Sync$/, 'hash'],
];

/** Calls that somebody waits for, by where they come from; `new` before the first name is left out. */
export const slow: readonly Known[] = [
  [
    /\.sendMail$|^@sendgrid\/mail\.send(?:Multiple)?$|resend\.Resend\.(?:emails|batch)\.send$|postmark\.\w+\.sendEmail\w*$/,
    'mail',
  ],
  [/^(?:aws-sdk(?:\.SES|\/clients\/ses)|@aws-sdk\/client-ses(?:v2)?\.SES(?:v2)?)\.send\w*Email$/, 'mail'],
  [/^mailgun\.js(?:\.default)?\.client\(\)\.messages\.create$|^mailgun-js\(\)\.messages\(\)\.send$/, 'mail'],
  [/^mailersend\.MailerSend\.email\.send$|^@mailchimp\/mailchimp_transactional\(\)\.messages\.send\w*$/, 'mail'],
  [
    /^sharp(?:\(\))?.*\.(?:toFile|toBuffer)$|^jimp\.(?:Jimp\.)?read$|^tesseract\.js\.(?:createWorker\(\)\.)?recognize$/,
    'image',
  ],
  [/^(?:puppeteer(?:-core)?|puppeteer-extra|playwright(?:-core)?(?:\.\w+)?)\.launch$/, 'browser'],
  [/^(?:puppeteer(?:-core)?|puppeteer-extra|playwright(?:-core)?)\b.*\.pdf$/, 'pdf'],
  [/^(?:twilio|@vonage\/\w+)\b.*\.create$|^twilio\(\)\.messages\.create$/, 'message'],
  [
    /^(?:exceljs|ExcelJS|xlsx-populate)\b.*\.(?:writeBuffer|writeFile|write)$|^exceljs\.Workbook.*\.write\w*$/,
    'spreadsheet',
  ],
  [
    /^pdf-lib\.PDFDocument\..*save$|^html-pdf(?:-node)?\.\w+$|^@react-pdf\/renderer\.renderTo(?:Buffer|File)$|^(?:md-to-pdf(?:\.mdToPdf)?|pdf-merger-js\.save\w*)$/,
    'pdf',
  ],
  [/^archiver\(\)\.finalize$/, 'archive'],
  [/^(?:fluent-ffmpeg|ffmpeg)\(\)\..*(?:run|save|saveToFile|screenshots)$/, 'video'],
];

/** Work on the one thread that nobody can wait for, since it is over when the call returns. */
export const occupying: readonly Known[] = [
  [/^pdfkit\.end$|^pdfmake\.createPdfKitDocument\(\)\.end$/, 'pdf'],
  [/^xlsx\.(?:write|writeFile|read|readFile)$/, 'spreadsheet'],
  [/^adm-zip\.(?:toBuffer|writeZip|extractAllTo)$/, 'archive'],
];

/** The AWS SDK 3 sends everything by `send`: what it does is said by the command. */
export const mailCommand = /^Send(?:\w*Email|CustomVerificationEmail)Command$/;

/** Programs that work for seconds or minutes, whoever starts them. */
export const heavyProgram =
  /^\W*(?:[\w./-]{0,80}\/)?(?:ffmpeg|magick|convert|libreoffice|soffice|wkhtmltopdf|weasyprint|pandoc|tesseract|pdftotext|pdftoppm|gs|whisper|yt-dlp|youtube-dl|pg_dump|pg_restore|mysqldump|mongodump|chromium|google-chrome|blender|inkscape|7z)\b/;
/** What starts a program and is waited for by a promise or a callback. */
export const starting =
  /^(?:(?:node:)?child_process\.(?:exec|execFile|spawn)|execa(?:\.(?:execa|execaCommand|default))?)$/;
