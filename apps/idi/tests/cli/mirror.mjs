// A mirror of models for models.sh: node mirror.mjs FOLDER PORT_FILE. Answers ranges, and misbehaves
// where the address says so: /…/cut breaks off in the first answer, /…/slow trickles for ever,
// /…/page is a web page with status 200.
import { createServer } from 'node:http'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, basename } from 'node:path'

const [folder, portFile] = process.argv.slice(2)
let cut = false

createServer((request, response) => {
  const way = request.url.split('/')[1]
  let content
  try {
    content = readFileSync(join(folder, basename(request.url)))
  } catch {
    response.writeHead(404, { 'Content-Type': 'text/html' }).end('<html>Not found</html>')
    return
  }
  if (way === 'page') {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Sign in</html>')
    return
  }
  const headers = { 'Content-Type': 'application/octet-stream', ETag: '"v1"' }
  const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')
  if (range && request.headers['if-range'] === '"v1"') {
    const first = Number(range[1])
    headers['Content-Range'] = `bytes ${first}-${content.length - 1}/${content.length}`
    headers['Content-Length'] = content.length - first
    response.writeHead(206, headers).end(content.subarray(first))
    return
  }
  headers['Content-Length'] = content.length
  response.writeHead(200, headers)
  if (way === 'cut' && !cut) {
    cut = true
    response.write(content.subarray(0, 900_000), () => request.socket.destroy())
  } else if (way === 'slow') {
    response.write(content.subarray(0, 500_000))
  } else {
    response.end(content)
  }
}).listen(0, '127.0.0.1', function () {
  writeFileSync(portFile + '.new', String(this.address().port))
  renameSync(portFile + '.new', portFile)
})
