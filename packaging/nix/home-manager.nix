# programs.fairlead for Home Manager: the line in the rc files of the shells that it manages, and systemd's units.
self:
{ config, lib, pkgs, ... }:

let
  cfg = config.programs.fairlead;
  program = lib.getExe cfg.package;
  line = shell: ''if [ -x ${program} ]; then eval "$(${program} init ${shell})"; fi'';
  toml = pkgs.formats.toml { };
in
{
  options.programs.fairlead = {
    enable = lib.mkEnableOption "one SSH_AUTH_SOCK that never goes stale";

    package = lib.mkOption {
      type = lib.types.package;
      default = self.packages.${pkgs.stdenv.hostPlatform.system}.fairlead;
      description = "The package of fairlead.";
    };

    settings = lib.mkOption {
      type = toml.type;
      default = { };
      example = { routing.fallback = "same-origin"; };
      description = "What stands in config.toml; see fairlead.toml(5).";
    };

    systemd = lib.mkEnableOption "the sockets by systemd, which starts the daemon for its first client";
  };

  config = lib.mkIf cfg.enable {
    home.packages = [ cfg.package ];

    xdg.configFile."fairlead/config.toml" = lib.mkIf (cfg.settings != { }) {
      source = toml.generate "config.toml" cfg.settings;
    };

    # At the top: shells that are not interactive run git, too.
    programs.bash.bashrcExtra = lib.mkBefore (line "bash");
    programs.zsh.envExtra = line "zsh";
    programs.fish.shellInit = "${program} init fish | source";

    systemd.user.sockets.fairlead = lib.mkIf cfg.systemd {
      Unit.Description = "one SSH_AUTH_SOCK that never goes stale (sockets)";
      Socket = {
        ListenStream = [ "%h/.ssh/fairlead/%H.sock" "%h/.local/state/fairlead/%H/ctl" ];
        SocketMode = "0600";
        DirectoryMode = "0700";
        Backlog = 4096;
        RemoveOnStop = true;
      };
      Install.WantedBy = [ "sockets.target" ];
    };

    systemd.user.services.fairlead = lib.mkIf cfg.systemd {
      Unit = {
        Description = "one SSH_AUTH_SOCK that never goes stale";
        Requires = [ "fairlead.socket" ];
        After = [ "fairlead.socket" ];
      };
      Service = {
        Type = "notify";
        ExecStart = "${program} daemon";
        ExecReload = "/bin/kill -HUP $MAINPID";
        Restart = "on-failure";
        NoNewPrivileges = true;
        RestrictAddressFamilies = "AF_UNIX AF_NETLINK";
        LimitCORE = 0;
        UMask = "0077";
      };
    };
  };
}
