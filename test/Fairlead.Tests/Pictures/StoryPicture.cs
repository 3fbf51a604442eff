namespace Fairlead.Tests.Pictures;

/// <summary>The story of the first page: what a pane meets after its login has ended, without fairlead and with it.</summary>
internal static class StoryPicture
{
    private const int PanelWidth = 422;
    private const int PanelHeight = 474;
    private const int Gap = 16;

    /// <summary>The middle of what belongs to the first login, from the left of a panel; and of what belongs to the second.</summary>
    private const int First = 112;
    private const int Second = 310;

    private const int LoginBoxWidth = 182;
    private const int PaneWidth = 380;

    // The light colours stand first, for programs that know no dark ones. Every state has a word and a line of its own as well: no colour is needed.
    private const string Style = """
        text { font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", Arial, sans-serif; font-size: 13px; fill: #1f2328 }
        .code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 12px }
        .middle { text-anchor: middle }
        .end { text-anchor: end }
        .name { font-size: 17px; font-weight: 600 }
        .strong { font-weight: 600 }
        .quiet { fill: #59636e }
        .panel { fill: #f6f8fa; stroke: #d1d9e0 }
        .place { fill: #ffffff; stroke: #b6bfc9 }
        .thing { fill: #ffffff; stroke: #59636e }
        .thing.past { fill: none; stroke: #818b98; stroke-dasharray: 4 4 }
        .thing.live { stroke: #1a7f37; stroke-width: 2 }
        .thing.ours { fill: #ddf4ff; stroke: #0969da; stroke-width: 2 }
        .screen { fill: #0d1117; stroke: #3d444d }
        .screen-text { fill: #e6edf3 }
        .screen-text.name-of { fill: #9198a1 }
        .screen-text.bad { fill: #ff7b72 }
        .screen-text.good { fill: #56d364 }
        .way { fill: none; stroke: #1a7f37; stroke-width: 2 }
        .way.past { stroke: #818b98; stroke-width: 1.5; stroke-dasharray: 4 4 }
        .way.dead { stroke: #cf222e; stroke-dasharray: 5 4 }
        .way.cut { stroke: #cf222e; stroke-width: 3; stroke-linecap: round }
        .way.head { fill: #1a7f37; stroke: none }
        .word-live { fill: #1a7f37; font-weight: 600 }
        .word-dead { fill: #cf222e; font-weight: 600 }
        @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3 }
        .quiet { fill: #9198a1 }
        .panel { fill: #151b23; stroke: #3d444d }
        .place { fill: #0d1117; stroke: #3d444d }
        .thing { fill: #151b23; stroke: #9198a1 }
        .thing.past { stroke: #6e7681 }
        .thing.live { stroke: #3fb950 }
        .thing.ours { fill: #121d2f; stroke: #4493f8 }
        .way { stroke: #3fb950 }
        .way.past { stroke: #6e7681 }
        .way.dead, .way.cut { stroke: #f85149 }
        .way.head { fill: #3fb950 }
        .word-live { fill: #3fb950 }
        .word-dead { fill: #f85149 }
        }
        """;

    public static string Draw()
    {
        var picture = new SvgPicture(
            (2 * PanelWidth) + Gap + 2,
            PanelHeight + 2,
            "Why a pane goes stale, and what fairlead does",
            "Two drawings of the same evening. The person has logged out at work and logged in again from home, and types ssh web01 in a pane of tmux "
                + "from the first login. Without fairlead the pane names the first login's socket, which sshd has removed: permission denied. With fairlead the pane "
                + "names a socket that stays. fairlead listens there and asks the agent of the login from home: the person is on web01.",
            Style);
        Without(new Panel(picture, 1));
        With(new Panel(picture, 1 + PanelWidth + Gap));
        return picture.ToString();
    }

    private static void Without(Panel panel)
    {
        Scene(panel, "Without fairlead", "The pane keeps the path of the first login's socket,", "and sshd removed that socket at logout.");
        panel.Line("way dead", First, 368, 270).Cross(First, 319);
        panel.Text("word-dead", First + 16, 324, "nobody listens there");
        Pane(panel, "SSH_AUTH_SOCK=/tmp/ssh-Xq2/agent.811", "Permission denied (publickey).", "bad");
    }

    private static void With(Panel panel)
    {
        Scene(panel, "With fairlead", "The pane keeps one path that stays. The laptop you", "sit at answers every program that uses it.");
        panel.Box("thing ours", 21, 298, PaneWidth, 40);
        panel.Text("strong", 35, 323, "fairlead").Text("code", 105, 323, "~/.ssh/fairlead/gateway.sock");
        panel.Arrow(First, 368, 338).Arrow(Second, 298, 270);
        Pane(panel, "SSH_AUTH_SOCK=~/.ssh/fairlead/gateway.sock", "al@web01$", "good");
    }

    /// <summary>What both have in common: the laptops above, and the sockets that sshd made for their logins.</summary>
    private static void Scene(Panel panel, string name, string what, string why)
    {
        panel.Box("panel", 0, 1, PanelWidth, PanelHeight, radius: 12);
        panel.Text("name", 21, 34, name).Text("quiet", 21, 56, what).Text("quiet", 21, 74, why);
        panel.Box("place", 9, 188, PanelWidth - 18, PanelHeight - 198);
        panel.Text("strong", 21, 209, "gateway");

        Login(panel, First, "past", "laptop at work", "logged out", "/tmp/ssh-Xq2/agent.811", "removed");
        Login(panel, Second, "live", "laptop at home", "ssh -A gateway", "/tmp/ssh-b7Z/agent.902", "live");
    }

    private static void Login(Panel panel, int middle, string state, string laptop, string doing, string socket, string word)
    {
        int left = middle - (LoginBoxWidth / 2);
        panel.Box($"thing {state}", left, 92, LoginBoxWidth, 50);
        panel.Text(state == "live" ? "strong middle" : "quiet middle", middle, 113, laptop);
        panel.Text(state == "live" ? "code middle" : "quiet middle", middle, 131, doing);
        panel.Box($"thing {state}", left, 220, LoginBoxWidth, 50);
        panel.Text(state == "live" ? "code middle" : "code quiet middle", middle, 241, socket);
        panel.Text(state == "live" ? "word-live middle" : "quiet middle", middle, 260, word);
        if (state == "live")
        {
            panel.Arrow(middle, 220, 142).Text("quiet", middle + 12, 170, "to its agent");
        }
        else
        {
            panel.Line("way past", middle, 220, 142);
        }
    }

    private static void Pane(Panel panel, string variable, string answer, string ending)
    {
        panel.Box("screen", 21, 368, PaneWidth, 84);
        panel.Text("code screen-text", 35, 391, variable).Text("code screen-text", 35, 414, "al@gateway$ ssh web01");
        panel.Text($"code screen-text {ending}", 35, 436, answer).Text("screen-text name-of end", 21 + PaneWidth - 14, 436, "a pane of tmux");
    }
}
