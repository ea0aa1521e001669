#!/bin/sh
# scripts/setup with stand-ins for apt-get, dpkg-query, sudo and id: what it says and does on
# machines that this one is not. Environment: SOURCE.
set -u
work=$(mktemp -d "${TMPDIR:-/tmp}/idi-setup-test.XXXXXX")
trap 'rm -rf "$work"' EXIT
failures=0
fail() {
  failures=$((failures + 1))
  echo "FAILED: $1"
  sed 's/^/  | /' "$work/out"
}

# The tools that the script may use, and nothing else.
bin="$work/bin"
mkdir "$bin"
for tool in sh awk cat cut dirname grep mktemp printf rm sed sort tail tr true; do
  path=$(command -v $tool) && case $path in /*) ln -s "$path" "$bin/$tool" ;; esac
done
# The name may be a link to the machine's own tool: it is taken away first, never written through.
stand_in() {
  rm -f "$bin/$1"
  printf '#!/bin/sh\n%s\n' "$2" >"$bin/$1"
  chmod +x "$bin/$1"
}

# installed is a file of package names; apt-get adds to it.
: >"$work/installed"
echo 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"' >"$work/release"
stand_in dpkg-query '
shift 2
code=0
for name in "$@"; do
  case $name in -*) continue ;; esac
  if grep -qx "$name" "'"$work"'/installed"; then echo "$name=installed"
  else echo "dpkg-query: no packages found matching $name" >&2; code=1; fi
done
exit $code'
working_apt='
echo "$*" >>"'"$work"'/apt-calls"
case " $* " in
  *" update "*) echo fresh >"'"$work"'/lists"; exit 0 ;;
esac
[ -e "'"$work"'/lists" ] || { echo "E: Unable to locate package g++"; exit 100; }
for word in "$@"; do case $word in -* | install | *::*) ;; *) echo "$word" >>"'"$work"'/installed" ;; esac; done'
stand_in apt-get "$working_apt"
stand_in id 'echo 0'

setup() {
  env -i PATH="$bin" IDI_OS_RELEASE="$work/release" TMPDIR="$work" ${EXTRA:-} \
    "$SOURCE/scripts/setup" "$@" >"$work/out" 2>&1 </dev/null
  code=$?
}
wants() { [ "$code" = "$1" ] || fail "$2: exit code $code, not $1"; }
says() { grep -qF -- "$1" "$work/out" || fail "$2: it does not say \"$1\""; }

setup
wants 0 'a fresh machine'
says 'libsqlite3-dev' 'a fresh machine'
says 'the C++ compiler' 'a fresh machine'
grep -qx cmake "$work/installed" || fail 'a fresh machine: cmake was not installed'
grep -qx libgtest-dev "$work/installed" && fail 'a fresh machine: test packages without --test'
grep -qx npm "$work/installed" || fail 'a fresh machine: npm was not installed'
: >"$work/apt-calls"
setup
wants 0 'a second run'
[ -s "$work/out" ] && fail 'a second run: it says something'
[ -s "$work/apt-calls" ] && fail 'a second run: it called apt-get'
setup --test
wants 0 'the tests'
grep -qx libgtest-dev "$work/installed" || fail 'the tests: GoogleTest was not installed'
grep -qx libtorch-dev "$work/installed" && fail 'the tests: libtorch was installed'
sed -i '/^npm$/d' "$work/installed"
stand_in npm 'exit 0'
setup
wants 0 'npm from elsewhere'
grep -qx npm "$work/installed" && fail 'npm from elsewhere: it was installed beside'
rm "$bin/npm"
setup --list
wants 0 'the list'
says 'libtorch-dev' 'the list'
says 'missing' 'the list'
setup --frobnicate
wants 2 'an unknown option'

: >"$work/installed"
stand_in apt-get '
case " $* " in *" update "*) echo "W: Failed to fetch http://packages.invalid/ Temporary failure resolving"; exit 0 ;; esac
echo "E: Failed to fetch http://packages.invalid/x.deb  Could not resolve host"; exit 100'
setup
wants 1 'no network'
says 'cannot be reached' 'no network'
[ "$(wc -l <"$work/out")" -lt 40 ] || fail 'no network: a stack of errors'

stand_in apt-get 'echo "E: You do not have enough free space in /var/cache/apt/archives/."; exit 100'
setup
wants 1 'a full disk'
says 'the disk is full' 'a full disk'

stand_in apt-get '
case " $* " in *" update "*) exit 0 ;; esac
echo "E: Unable to locate package libboost1.81-dev"; exit 100'
echo 'PRETTY_NAME="Debian GNU/Linux 11 (bullseye)"' >"$work/release"
setup
wants 1 'an older Debian'
says 'Debian GNU/Linux 11' 'an older Debian'
says 'libboost1.81-dev' 'an older Debian'
echo 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"' >"$work/release"

stand_in id 'echo 1000'
setup
wants 1 'no sudo'
says 'there is no sudo' 'no sudo'
says 'apt-get install' 'no sudo'

stand_in sudo 'case " $* " in *" -n "*) exit 1 ;; esac; exit 1'
setup
wants 1 'sudo with a password, no terminal'
says 'no terminal' 'sudo with a password, no terminal'

stand_in sudo 'case $1 in -n) exit 0 ;; esac; exec "$@"'
stand_in apt-get "$working_apt"
setup
wants 0 'with sudo'
grep -qx cmake "$work/installed" || fail 'with sudo: cmake was not installed'

rm "$bin/apt-get"
echo 'PRETTY_NAME="Fedora Linux 40"' >"$work/release"
setup
wants 1 'another distribution'
says 'Fedora Linux 40 has no apt-get' 'another distribution'
says 'IDI_SKIP_SETUP=1' 'another distribution'
EXTRA=IDI_SKIP_SETUP=1 setup
wants 0 'another distribution, skipped'

[ $failures = 0 ] || exit 1
echo 'setup: as it should be'
