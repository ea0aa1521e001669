// Starts `idi serve` on a database, with a home folder of its own, and knows its process: for the
// end-to-end tests and the benchmarks.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export class Serving {
  /** @param home folder that keeps sessions and caches: the same folder, the same conversations. */
  static async start({ program, database, home, port = 0, options = [] }) {
    const child = spawn(
      program,
      ['serve', '--db', `sqlite:${database}`, '--listen', `127.0.0.1:${port}`, ...options],
      {
        env: {
          ...process.env,
          XDG_DATA_HOME: join(home, 'data'),
          XDG_CACHE_HOME: join(home, 'cache'),
          XDG_STATE_HOME: join(home, 'state'),
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const serving = new Serving(child);
    serving.url = await addressIn(child);
    return serving;
  }

  constructor(child) {
    this.child = child;
    this.pid = child.pid;
    this.ended = new Promise((resolve) =>
      child.once('exit', (code, signal) => resolve(signal ?? code)),
    );
  }

  /** Resolves with the exit code, or the signal that ended it. */
  async stop(signal = 'SIGTERM') {
    this.child.kill(signal);
    return this.ended;
  }

  memoryKib() {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))[1]);
  }

  /** Seconds of processor time used so far. */
  processorSeconds() {
    const fields = readFileSync(`/proc/${this.pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }
}

function addressIn(child) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const address = /https?:\/\/\S+/.exec(text);
      if (address) resolve(address[0]);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${text}`)));
    child.once('error', reject);
  });
}
