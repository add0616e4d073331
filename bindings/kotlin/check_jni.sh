#!/bin/sh
# check_jni.sh <output of a program run with -Xcheck:jni>
# Fails on whatever the JVM complains about, except for what JNA 5.19.1 itself is known to do: while
# it loads its own library, and where it makes a foreign thread known to Java. Those have to be
# there, which shows that the JVM was looking.
set -eu
awk '
    function judge() {
        if (complaint == "") return
        if (complaint ~ /com\.sun\.jna\.Native\.<clinit>/) loading++
        else if (complaint ~ /checked_jni_CallStaticObjectMethod/ && complaint ~ /initializeThread\+/) attaching++
        else { printf "%s\n", complaint; others++ }
        complaint = ""
    }
    /^(WARNING|FATAL ERROR)( in native method)?:/ { judge(); complaint = $0 "\n"; next }
    complaint != "" && /^(\t|[ ]+at |Native frames|[CVJjv] |- locked)/ { complaint = complaint $0 "\n"; next }
    { judge() }
    END {
        judge()
        printf "%d complaints; of JNA itself: %d while loading, %d while attaching threads\n", others, loading, attaching
        exit !(others == 0 && loading > 0 && attaching > 0)
    }
' "$1"
