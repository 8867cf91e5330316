# Finds the .NET SDK and hands over to build/: `./build.ps1 demo`, `./build.ps1 test`, `./build.ps1 COMMAND ARGS`.
$root = $PSScriptRoot
if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
  [Console]::Error.WriteLine("build.ps1: dotnet: the program is not found; the .NET 10 SDK is needed. Get it from https://dotnet.microsoft.com/download/dotnet/10.0.")
  exit 2
}
$env:DOTNET_NOLOGO = "1"; $env:DOTNET_CLI_TELEMETRY_OPTOUT = "1"; $env:DOTNET_SKIP_FIRST_TIME_EXPERIENCE = "1"
$env:HYPGCN_ROOT = $root
$log = dotnet build "$root/build/Build.csproj" -c Release -v q --nologo 2>&1
if ($LASTEXITCODE -ne 0) { $log | ForEach-Object { [Console]::Error.WriteLine($_) }; exit 2 }
dotnet "$root/build/bin/Release/net10.0/build.dll" @args
exit $LASTEXITCODE
