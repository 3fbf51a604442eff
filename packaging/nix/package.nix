# The released program: static, so nothing of it is patched. release: the folder that release.sh has made.
{ lib, stdenvNoCC, installShellFiles, release, version }:

stdenvNoCC.mkDerivation {
  pname = "fairlead";
  inherit version;

  src = "${release}/fairlead-${version}-linux-${stdenvNoCC.hostPlatform.parsed.cpu.name}.tar.gz";

  nativeBuildInputs = [ installShellFiles ];
  dontStrip = true;

  installPhase = ''
    runHook preInstall
    install -Dm755 fairlead $out/bin/fairlead
    installManPage man/man1/* man/man5/*
    installShellCompletion --bash completions/fairlead.bash --zsh completions/_fairlead --fish completions/fairlead.fish
    install -Dm644 -t $out/share/licenses/fairlead LICENSE THIRD-PARTY-LICENSES.txt
    runHook postInstall
  '';

  meta = {
    description = "One SSH_AUTH_SOCK on a server that never goes stale";
    homepage = "@URL@";
    license = lib.licenses.mit;
    platforms = [ "x86_64-linux" "aarch64-linux" ];
    mainProgram = "fairlead";
  };
}
