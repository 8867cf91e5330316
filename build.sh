#!/bin/sh
# Finds the .NET SDK and hands over to build/: `./build.sh demo`, `./build.sh test`, `./build.sh COMMAND ARGS`.
root=$(cd "$(dirname "$0")" && pwd)
command -v dotnet >/dev/null 2>&1 || PATH="$PATH:${DOTNET_ROOT:-$HOME/.dotnet}"
if ! command -v dotnet >/dev/null 2>&1; then
  echo "build.sh: dotnet: the program is not found; the .NET 10 SDK is needed. Get it from https://dotnet.microsoft.com/download/dotnet/10.0." >&2
  exit 2
fi
export PATH DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export HYPGCN_ROOT="$root"
build="$root/build/bin/Release/net10.0/build.dll"
if [ ! -f "$build" ] || [ -n "$(find "$root/build" "$root/Directory.Build.props" "$root/Directory.Packages.props" -maxdepth 1 -type f -newer "$build")" ]; then
  log=$(dotnet build "$root/build/Build.csproj" -c Release -v q --nologo 2>&1 </dev/null) || { echo "$log" >&2; exit 2; }
fi
exec dotnet "$build" "$@"
