#!/usr/bin/env node
// Runs the program of the package for this processor. The program names itself where it writes its path (the rc line, systemd's unit): a login
// starts no node.
'use strict'

const { spawn } = require('node:child_process')
const { constants } = require('node:os')

let program
try {
  program = require.resolve(`fairlead-linux-${process.arch}/fairlead`)
} catch {
  console.error(`fairlead: there is no program for ${process.platform} on ${process.arch} here`)
  console.error('hint: npm install fairlead, without --omit=optional; it is for linux on x64 and arm64')
  process.exit(1)
}

const child = spawn(program, process.argv.slice(2), { stdio: 'inherit' })

// What a terminal sends, it sends to the program as well, which decides. What somebody sends to this process is handed on.
for (const signal of ['SIGINT', 'SIGQUIT']) process.on(signal, () => {})
for (const signal of ['SIGHUP', 'SIGTERM']) process.on(signal, () => child.kill(signal))

child.on('error', (error) => {
  console.error(`fairlead: ${program}: ${error.message}`)
  process.exit(1)
})
child.on('exit', (code, signal) => {
  process.exit(signal === null ? code : 128 + constants.signals[signal])
})
