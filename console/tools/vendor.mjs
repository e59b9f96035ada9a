// Takes files unmodified out of npm packages and records version, licence and SHA-256 of each in vendor.json.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FILES = {
  preact: { 'preact.js': 'dist/preact.module.js', 'preact-hooks.js': 'hooks/dist/hooks.module.js' },
  '@preact/signals': { 'preact-signals.js': 'dist/signals.module.js' },
  '@preact/signals-core': { 'signals-core.js': 'dist/signals-core.module.js' },
  htm: { 'htm.js': 'dist/htm.module.js' },
  '@xterm/xterm': { 'xterm.js': 'lib/xterm.mjs', 'xterm.css': 'css/xterm.css' },
  '@xterm/addon-fit': { 'xterm-addon-fit.js': 'lib/addon-fit.mjs' },
};

const [folder, ...asked] = process.argv.slice(2);
const list = join(folder, 'vendor.json');
const known = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : { libraries: [] };
const versions = Object.fromEntries(known.libraries.map((library) => [library.name, library.version]));
for (const text of asked) {
  const at = text.lastIndexOf('=');
  versions[text.slice(0, at)] = text.slice(at + 1);
}

const libraries = Object.entries(FILES).map(([name, files]) => {
  if (!versions[name]) throw new Error(`Which version of ${name}? Say ${name}=VERSION.`);
  const scratch = mkdtempSync(join(tmpdir(), 'vendor-'));
  try {
    const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', scratch, `${name}@${versions[name]}`], { encoding: 'utf8' }));
    execFileSync('tar', ['xzf', join(scratch, filename), '-C', scratch]);
    const { version, license } = JSON.parse(readFileSync(join(scratch, 'package', 'package.json'), 'utf8'));
    const hashes = Object.entries(files).map(([file, source]) => {
      copyFileSync(join(scratch, 'package', source), join(folder, file));
      return { file, source, sha256: createHash('sha256').update(readFileSync(join(folder, file))).digest('hex') };
    });
    return { name, version, licence: license, files: hashes };
  } finally {
    rmSync(scratch, { recursive: true });
  }
});
writeFileSync(list, `${JSON.stringify({ libraries }, null, 2)}\n`);
