# Prints what systemd reads in a file: NAME=value, each with a NUL behind it. Its generator has the parser of EnvironmentFile= and needs no
# running systemd. It does not take empty variables, which EnvironmentFile= does: they are left out of what it reads. It writes lines of sh,
# with quotes where it thinks of them; a tilde would want some.
generator=/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator
[ -x "$generator" ] || exit 1
[ "$1" != --version ] || { systemctl --version; exit; }
mkdir -p config/environment.d
grep -v '^[A-Za-z0-9_]*=$' "$1" > config/environment.d/aws.conf
XDG_CONFIG_HOME=$PWD/config "$generator" | sed '/^[^=]*="/!s/=\(.*\)/="\1"/' > lines
grep '^[A-Za-z0-9_]*=$' "$1" | tr '\n' '\0'
set -a
. ./lines
env -0
