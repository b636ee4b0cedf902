# shellcheck shell=sh
# Sourced by mvnw and walletsync: finds a JDK 25 or newer and exports JAVA_HOME.
#
# Order: JAVA_HOME if it is new enough, java on the PATH, then the usual places. The default java of
# a machine is often older than 25, so a too old one is passed over, not complained about.

oldest_jdk=25

# Prints the feature version (25) of the Java installation in $1; nothing where there is none.
java_feature_version() {
  [ -x "$1/bin/java" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    "$1/bin/java" -XshowSettings:properties -version 2>&1 |
      sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p'
  fi
}

# Is $1 a new enough Java that has the program $2 (javac to build, java to run)?
is_usable_java() {
  [ -n "$1" ] && [ -x "$1/bin/$2" ] || return 1
  found_version=$(java_feature_version "$1")
  [ "${found_version:-0}" -ge "$oldest_jdk" ]
}

# Asks the java on the PATH for its home; it may be a link, a shim or a stub, so only it can tell.
home_of_java_on_path() {
  command -v java >/dev/null 2>&1 || return 0
  java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

# Exports JAVA_HOME; $1 is the program that must be there, javac where none is named.
find_jdk() {
  needed=${1:-javac}
  for candidate in \
    "${JAVA_HOME:-}" \
    "$(is_usable_java "${JAVA_HOME:-}" "$needed" || home_of_java_on_path)" \
    /usr/lib/jvm/* \
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$([ ! -x /usr/libexec/java_home ] || /usr/libexec/java_home -v "$oldest_jdk+" 2>/dev/null)"; do
    if is_usable_java "$candidate" "$needed"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  echo "No JDK $oldest_jdk or newer found: install one (for example Temurin $oldest_jdk from https://adoptium.net), or set JAVA_HOME to it." >&2
  return 1
}
